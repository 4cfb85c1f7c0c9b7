// @ts-check
/* Rows by single keys, and what was chosen of them: the pages work without it. */

const OFF = "cordon_keys_off";
const words = /** @type {any} */ (globalThis);

/** @type {HTMLElement[]} */
const rows = [...document.querySelectorAll("[data-rows] [data-row]")].map((row) => /** @type {HTMLElement} */ (row));
const help = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));

/** Return what of a row takes the focus: its link, else the row itself. @param {HTMLElement} row */
const opener = (row) => /** @type {HTMLElement} */ (row.querySelector("[data-open]") ?? row);

/** Return the row that the focus lies in. */
const current = () => rows.findIndex((row) => row.contains(document.activeElement));

/** Move by so many rows; from nowhere, to the first. @param {number} step */
function move(step) {
  if (!rows.length) return;
  const here = current();
  const next = here < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, here + step));
  opener(rows[next]).focus();
  rows[next].scrollIntoView({ block: "nearest" });
}

/** Choose the row in focus, or not. */
function toggle() {
  const box = /** @type {HTMLInputElement | null} */ (rows[current()]?.querySelector(".pick input") ?? null);
  box?.click();
}

/** @type {Record<string, () => void>} */
const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  x: toggle,
  "/": () => /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"))?.focus(),
  "?": () => help?.showModal(),
};

/** Return whether a key is text to what has the focus. @param {EventTarget | null} target */
const isTyped = (target) =>
  target instanceof HTMLElement && target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

/** Return whether single keys are off here: who speaks to the device would set them off by words. */
const isOff = () => localStorage.getItem(OFF) === "1";

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyped(event.target)) /** @type {HTMLElement} */ (event.target).blur();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyped(event.target) || isOff() || help?.open) return;
  const act = ACTS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});

for (const button of document.querySelectorAll("[data-keys-help]")) {
  /** @type {HTMLElement} */ (button).hidden = false;
  button.addEventListener("click", () => help?.showModal());
}

const on = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-keys-on]"));
if (on) {
  on.checked = !isOff();
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

/* --- chosen rows --- */

const bulk = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-bulk]"));
const picks = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(".pick input")]);

/** Say how many are chosen, and let nothing be done to none. */
function tell() {
  const chosen = picks.filter((pick) => pick.checked).length;
  for (const pick of picks) pick.closest("[data-row]")?.classList.toggle("chosen", pick.checked);
  if (!bulk) return;
  bulk.classList.toggle("stuck", chosen > 0);
  const count = bulk.querySelector("[data-count]");
  if (count) count.textContent = words.interpolate(words.ngettext("%s chosen", "%s chosen", chosen), [chosen]);
  for (const button of bulk.querySelectorAll("button")) button.disabled = chosen === 0;
  const all = /** @type {HTMLInputElement | null} */ (bulk.querySelector("[data-all]"));
  if (all) {
    all.checked = chosen === picks.length;
    all.indeterminate = chosen > 0 && chosen < picks.length;
  }
}

if (bulk && picks.length) {
  const all = /** @type {HTMLInputElement | null} */ (bulk.querySelector("[data-all]"));
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const pick of picks) pick.checked = all.checked;
      tell();
    });
  }
  for (const pick of picks) pick.addEventListener("change", tell);
  tell();
}

/* --- filters stand open where there is room --- */

if (matchMedia("(min-width: 64rem)").matches)
  for (const panel of document.querySelectorAll("details[data-wide-open]")) /** @type {HTMLDetailsElement} */ (panel).open = true;
