/** What the API says to the map. */

/** The API refused; its own sentence is the message. */
export class Refused extends Error {}

/**
 * Return what an address answers. Raises Refused with the API's sentence, and AbortError when told to stop.
 * @param {string} address
 * @param {AbortSignal} [signal]
 */
export async function read(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({}));
  const errors = (problem.errors ?? []).map((each) => each.detail);
  throw new Refused(errors.join(" ") || problem.detail || gettext("The server gave no answer. Try again."));
}

/** Reads of which only the latest matters: a new one stops the one before. */
export class Latest {
  #controller = new AbortController();

  /** Let nothing come any more of what was asked for. */
  stop() {
    this.#controller.abort();
  }

  /**
   * Read, and hand over what came, unless something newer was asked for meanwhile.
   * @param {string} address
   * @param {(answer: any) => void} show
   * @param {(sentence: string) => void} tell
   */
  async read(address, show, tell) {
    this.stop();
    const { signal } = (this.#controller = new AbortController());
    try {
      const answer = await read(address, signal);
      if (!signal.aborted) show(answer);
    } catch (error) {
      if (signal.aborted) return;
      tell(error instanceof Refused ? error.message : gettext("The server cannot be reached. Try again."));
    }
  }
}
