/** Fields of the page and the values that they stand for, by the paths that the fields name. */
import { at, put } from "./paper.mjs";

/** @type {WeakMap<Element, any>} */
const holders = new WeakMap();

/** Let the fields below an element stand for what a holder holds, and show it. */
export function bind(/** @type {Element} */ root, /** @type {any} */ holder) {
  holders.set(root, holder);
  for (const field of root.querySelectorAll("[data-field]")) {
    if (holderOf(field) === holder) show(/** @type {any} */ (field), at(holder, field.dataset.field));
  }
}

/** Write what was typed to where it belongs; returns whether the field stands for anything. */
export function take(/** @type {any} */ field) {
  if (!field.dataset.field || (field.type === "radio" && !field.checked)) return false;
  put(holderOf(field), field.dataset.field, valueOf(field));
  return true;
}

export function holderOf(/** @type {Element | null} */ inner) {
  while (inner && !holders.has(inner)) inner = inner.parentElement;
  return inner && holders.get(inner);
}

export function show(/** @type {any} */ field, /** @type {any} */ value) {
  if (field.type === "radio") field.checked = field.value === (value ?? "");
  else if (field.dataset.kind === "lines") field.value = (value ?? []).join("\n");
  else field.value = value ?? "";
}

function valueOf(field) {
  const typed = field.value;
  if (field.dataset.kind === "lines") return typed.split("\n").map((line) => line.trim()).filter(Boolean);
  if (field.dataset.kind !== "number" || typed.trim() === "") return typed === "" ? null : typed;
  const number = Number(typed.trim().replace(",", "."));
  // What is no number stays as it was typed: the server names it, and it can be mended.
  return Number.isFinite(number) ? number : typed;
}
