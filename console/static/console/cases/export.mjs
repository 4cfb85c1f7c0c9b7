// Says how much of the bundle has arrived; without this module the browser's own download does.

const MEGABYTE = 1_000_000;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} told
 */
async function download(form, told) {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const answer = await fetch(`${form.action}?${asked}`, { headers: { Accept: "application/zip" } });
  if (!answer.ok || !answer.body) {
    const problem = await answer.json().catch(() => ({}));
    const named = (problem.errors ?? []).map((each) => each.detail).join(" ");
    told.textContent = named || problem.detail || gettext("The bundle could not be made. Try again later.");
    return;
  }
  let received = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream({
      transform(piece, onward) {
        received += piece.byteLength;
        told.textContent = interpolate(gettext("%s MB received"), [(received / MEGABYTE).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })]);
        onward.enqueue(piece);
      },
    }),
  );
  const address = URL.createObjectURL(await new Response(counted).blob());
  const link = Object.assign(document.createElement("a"), { href: address, download: form.dataset.name });
  link.click();
  // The browser has begun to write it down by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  told.textContent = gettext("The bundle is complete.");
}

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("bundle"));
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const told = /** @type {HTMLElement} */ (form.querySelector(".progress"));
  button.disabled = true;
  told.textContent = gettext("The bundle is being made …");
  try {
    await download(form, told);
  } catch {
    told.textContent = gettext("The line broke. Try again.");
  } finally {
    button.disabled = false;
  }
});
