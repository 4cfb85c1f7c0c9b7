/**
 * Sending what waits on the device: each record once, whatever is asked twice, and each photograph from where it broke
 * off. Nothing here overwrites: where a record was changed on the server meanwhile, both are kept for the officer.
 */
import { patch, same, sent } from "./paper.mjs";

const INCIDENTS = "/api/v1/incidents";
const CHUNK_BYTES = 256 * 1024;
const PATIENCE_MS = 60_000;

/** Somebody must sign in, or there is no line: the rest waits. */
export class Waits extends Error {
  constructor(/** @type {"line" | "sign_in"} */ why) {
    super(why);
    this.why = why;
  }
}

/**
 * Send everything that is ready. Raises Waits; tells of each record that moved on.
 * @param {import("./store.mjs").Store} store
 * @param {string} officer
 * @param {(record: any) => Promise<void>} told
 */
export async function sendAll(store, officer, told) {
  // Two open rooms send nothing twice at once; what they sent twice all the same would be one record.
  await navigator.locks.request(`cordon-send-${store.vault.name}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    for (const record of (await store.all()).filter(isWaiting)) {
      await new Sending(store, officer, told).send(record);
    }
  });
}

/** Return whether there is anything to send of a record. */
export function isWaiting(/** @type {any} */ record) {
  return record.state === "ready";
}

class Refused extends Error {
  constructor(/** @type {any} */ problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

class Sending {
  constructor(store, officer, told) {
    this.store = store;
    this.officer = officer;
    this.told = told;
  }

  async send(record) {
    try {
      await this.#record(record);
      await this.#changes(record);
      if (record.state !== "ready") return;
      for (const photo of record.photos.filter((each) => !each.received)) await this.#photo(record, photo);
      if (!(await this.#wasEdited(record))) {
        record.state = "sent";
        record.errors = [];
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      record.state = "refused";
      record.errors = error.problem.errors ?? [{ pointer: "", detail: error.problem.detail ?? "" }];
    } finally {
      await this.#keep(record);
    }
  }

  /** What was posted once is posted again as it was, under the same key, until the server has said what it is. */
  async #record(record) {
    if (record.reference) return;
    record.posted ??= { key: crypto.randomUUID(), document: sent(record) };
    await this.#keep(record);
    const { key, document } = record.posted;
    const answer = await this.#ask("POST", INCIDENTS, document, { "Idempotency-Key": key });
    if (answer.status === 409) {
      // The key has been used for something else: the record's own id still makes it one record.
      record.posted.key = crypto.randomUUID();
      throw new Waits("line");
    }
    if (!answer.ok) {
      record.posted = null;
      throw new Refused(await problemOf(answer));
    }
    await this.#received(record, answer, document);
    record.reference = record.known.reference;
    await this.#keep(record);
  }

  /** What was changed here since is sent as a change of the version that is known here. */
  async #changes(record) {
    const wanted = sent(record);
    const changes = patch(record.base, wanted);
    if (Object.keys(changes).length === 0) return;
    const answer = await this.#ask("PATCH", `${INCIDENTS}/${record.reference}`, changes, {
      "If-Match": record.etag,
      "Content-Type": "application/merge-patch+json",
    });
    if (answer.status === 412) return this.#meet(record, changes);
    if (!answer.ok) throw new Refused(await problemOf(answer));
    await this.#received(record, answer, wanted);
  }

  /** Somebody else has changed it: fields that only one side touched go together, the others are the officer's. */
  async #meet(record, changes) {
    const answer = await this.#ask("GET", `${INCIDENTS}/${record.reference}`);
    if (!answer.ok) throw new Refused(await problemOf(answer));
    const theirs = await answer.json();
    const disputed = Object.keys(changes).filter((name) => !same(theirs[name], record.known[name]));
    const etag = answer.headers.get("ETag");
    if (disputed.length === 0) {
      Object.assign(record, { known: theirs, etag });
      return this.#changes(record);
    }
    record.theirs = { document: theirs, etag };
    record.disputed = disputed;
    record.state = "conflict";
  }

  async #received(record, answer, document) {
    record.known = await answer.json();
    record.base = document;
    record.etag = answer.headers.get("ETag");
    record.receipt = {
      digest: record.known.digest,
      version: record.known.version,
      recorded_at: record.known.recorded_at,
      received_at: new Date().toISOString(),
    };
    await this.#keep(record);
  }

  async #photo(record, photo) {
    const bytes = await this.store.photo(photo.id);
    if (bytes === undefined) throw new Refused({ detail: gettext("A photograph is no longer on this device.") });
    const evidence = photo.evidence ?? (await this.#announced(record, photo));
    let known = await this.#standing(evidence);
    while (known.state === "receiving") {
      const chunk = bytes.slice(known.offset, known.offset + CHUNK_BYTES);
      const answer = await this.#ask("PATCH", `/api/v1/evidence/${evidence}`, chunk, {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(known.offset),
      });
      if (answer.status === 409) known = await this.#standing(evidence);
      else if (answer.ok) known = await answer.json();
      else throw new Refused(await problemOf(answer));
    }
    photo.received = known.sha256 === photo.sha256;
    if (!photo.received) throw new Refused({ detail: known.state_reason ?? known.state });
    await this.#keep(record);
    await this.store.dropPhoto(photo.id);
  }

  async #announced(record, photo) {
    const stated = {
      name: photo.name,
      kind: "photo",
      size_bytes: photo.size,
      sha256: photo.sha256,
      media_type: photo.type,
      view: photo.view ?? null,
      item: record.base.items?.some((item) => item.id === photo.item) ? photo.item : null,
    };
    const address = `${INCIDENTS}/${record.reference}/evidence`;
    // Another device may have sent it: the file that was carried there is still in both.
    const there = record.carried ? await this.#there(address, photo) : undefined;
    if (there) return (photo.evidence = there.id);
    photo.announced ??= { key: photo.id, stated };
    await this.#keep(record);
    const answer = await this.#ask("POST", address, photo.announced.stated, { "Idempotency-Key": photo.announced.key });
    if (!answer.ok) {
      photo.announced = { key: crypto.randomUUID(), stated };
      throw new Refused(await problemOf(answer));
    }
    photo.evidence = (await answer.json()).id;
    await this.#keep(record);
    return photo.evidence;
  }

  async #there(address, photo) {
    const answer = await this.#ask("GET", address);
    if (!answer.ok) throw new Refused(await problemOf(answer));
    return (await answer.json()).results.find((each) => each.sha256_stated === photo.sha256);
  }

  async #standing(evidence) {
    const answer = await this.#ask("GET", `/api/v1/evidence/${evidence}`);
    if (!answer.ok) throw new Refused(await problemOf(answer));
    return answer.json();
  }

  /** Ask as this officer and nobody else: whoever signs in meanwhile changes the token, and nothing is taken. */
  async #ask(method, address, body, headers = {}) {
    const token = cookie("csrftoken");
    if ((await signedIn()) !== this.officer) throw new Waits("sign_in");
    const isBytes = body instanceof ArrayBuffer;
    const answer = await reached(address, {
      method,
      body: body === undefined || isBytes ? body : JSON.stringify(body),
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token, ...headers },
    });
    if (answer.status === 401 || answer.redirected) throw new Waits("sign_in");
    if (answer.status >= 500 || answer.status === 429) throw new Waits("line");
    // A form out of date is answered as a right that is missing is: only who is signed in now tells them apart.
    if (answer.status === 403 && (await signedIn()) !== this.officer) throw new Waits("sign_in");
    if (answer.status === 403 && (await codeOf(answer)) !== "not_allowed") throw new Waits("sign_in");
    return answer;
  }

  /** Keep what was learnt of a record without losing what was typed into it meanwhile. */
  async #keep(record) {
    const kept = await this.store.read(record.id);
    if (kept !== undefined && kept.edits !== record.edits) {
      Object.assign(record, { document: kept.document, extra: kept.extra, leaf: kept.leaf, edits: kept.edits });
      record.photos = [...record.photos.filter((one) => has(kept.photos, one)), ...kept.photos.filter((one) => !has(record.photos, one))];
      if (kept.state === "open") record.state = "open";
    }
    await this.store.keep(record);
    await this.told(record);
  }

  async #wasEdited(record) {
    const kept = await this.store.read(record.id);
    return kept !== undefined && kept.edits !== record.edits;
  }
}

function has(photos, wanted) {
  return photos.some((photo) => photo.id === wanted.id);
}

/** Return who is signed in; null for nobody, and while a session is locked. */
async function signedIn() {
  const answer = await reached("/record/officer.json", { method: "GET" });
  return (await answer.json().catch(() => ({}))).officer ?? null;
}

async function codeOf(answer) {
  return (await answer.clone().json().catch(() => ({}))).code;
}

async function reached(address, options) {
  try {
    return await fetch(address, { ...options, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new Waits("line");
  }
}

async function problemOf(answer) {
  return answer.json().catch(() => ({ detail: String(answer.status) }));
}

export function cookie(/** @type {string} */ name) {
  return document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";
}
