/** Weapons photographed one after another: each becomes an item, and its marks are written from its photographs later. */
import { newItem } from "./paper.mjs";
import { byId, element, say } from "./words.mjs";

// In the order in which a weapon is photographed; of other marks there may be any number.
const VIEWS = () => ({
  overview: gettext("the whole weapon"),
  left_side: gettext("its left side"),
  right_side: gettext("its right side"),
  maker_marks: gettext("the maker's marks"),
  serial_number: gettext("the serial number"),
  other_mark: gettext("another mark"),
});

/** Return how a view is called; nothing for a photograph that is none of a sequence. */
export function viewSaid(/** @type {string | undefined} */ view) {
  return VIEWS()[view] ?? "";
}

/** Return the item that the next photograph is of; a weapon that was counted and not photographed yet is the first. */
export function itemOfSeries(/** @type {any} */ record) {
  const { items } = record.document;
  const current = currentItem(record);
  if (current) return current;
  const free = items.find((item) => item.quantity === null && !photosOf(record, item).length);
  const next = free ?? newItem(items.at(-1)?.category ?? "arms_unspecified");
  if (!free) items.push(next);
  next.quantity = 1;
  seriesOf(record).item = next.id;
  return next;
}

/** Return what of the weapon the next photograph shows: what was chosen, else the first that is wanting. */
export function viewOfSeries(/** @type {any} */ record) {
  const { view } = seriesOf(record);
  const taken = viewsTaken(record);
  return view ?? Object.keys(VIEWS()).find((each) => !taken.has(each)) ?? "other_mark";
}

/** Go on after a photograph was taken. */
export function photographed(/** @type {any} */ record) {
  seriesOf(record).view = null;
}

/** Photograph something else of the weapon next. */
export function choose(/** @type {any} */ record, /** @type {string} */ view) {
  seriesOf(record).view = view;
}

/** Go on to the next weapon: the one behind that is photographed already, else a new one. */
export function nextWeapon(/** @type {any} */ record) {
  const weapons = weaponsOf(record);
  const at = weapons.findIndex((item) => item.id === seriesOf(record).item);
  record.extra.series = { item: at < 0 ? null : (weapons[at + 1]?.id ?? null), view: null };
}

/** Go back to the weapon before. */
export function weaponBefore(/** @type {any} */ record) {
  const weapons = weaponsOf(record);
  const at = weapons.findIndex((item) => item.id === seriesOf(record).item);
  const before = at < 0 ? weapons.at(-1) : weapons[at - 1];
  if (before) record.extra.series = { item: before.id, view: null };
}

export function photosOf(/** @type {any} */ record, /** @type {any} */ item) {
  return record.photos.filter((photo) => photo.item === item.id);
}

/** Return whether a photograph is of the weapon that is before the officer, or of none. */
export function isAtHand(/** @type {any} */ record, /** @type {any} */ photo) {
  return photo.item === null || photo.item === seriesOf(record).item;
}

/** Say which weapon is next, and what of it; `changed` is called when something else was chosen. */
export function showSeries(/** @type {any} */ record, /** @type {() => void} */ changed) {
  const weapons = weaponsOf(record);
  const at = weapons.findIndex((item) => item.id === seriesOf(record).item);
  const next = viewOfSeries(record);
  const blanks = { number: at < 0 ? weapons.length + 1 : at + 1, view: viewSaid(next) };
  byId("series-says").textContent = say(gettext("Weapon %(number)s: %(view)s"), blanks);
  byId("series-before").disabled = weapons.length === 0 || at === 0;
  byId("series-next").disabled = at < 0;
  const taken = viewsTaken(record);
  const ways = Object.entries(VIEWS()).map(([view, said]) => {
    const button = element("button", said, "light");
    button.type = "button";
    button.dataset.view = view;
    button.setAttribute("aria-pressed", String(view === next));
    if (taken.has(view)) button.append(element("span", "✓"), element("span", gettext("taken"), "unseen"));
    button.addEventListener("click", () => (choose(record, view), changed()));
    return button;
  });
  byId("series-views").replaceChildren(...ways);
}

function currentItem(record) {
  return record.document.items.find((item) => item.id === seriesOf(record).item);
}

function viewsTaken(record) {
  const current = currentItem(record);
  return new Set(current ? photosOf(record, current).map((photo) => photo.view) : []);
}

function weaponsOf(record) {
  const photographed = new Set(record.photos.map((photo) => photo.item));
  return record.document.items.filter((item) => photographed.has(item.id));
}

function seriesOf(record) {
  return (record.extra.series ??= { item: null, view: null });
}
