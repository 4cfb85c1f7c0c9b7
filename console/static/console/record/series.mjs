/** Weapons photographed one after another: each becomes an item, and its marks are written from its photographs later. */
import { newItem } from "./paper.mjs";
import { byId, say } from "./words.mjs";

const VIEWS = () => [gettext("the whole weapon"), gettext("the maker's marks"), gettext("the serial number")];

/** Return the item that the next photograph is of; a weapon that was counted and not photographed yet is the first. */
export function itemOfSeries(/** @type {any} */ record) {
  const series = seriesOf(record);
  const { items } = record.document;
  const current = items.find((item) => item.id === series.item);
  if (current && series.taken < VIEWS().length) return current;
  const free = items.find((item) => item.quantity === null && !photosOf(record, item).length);
  const next = free ?? newItem(items.at(-1)?.category ?? "arms_unspecified");
  if (!free) items.push(next);
  next.quantity = 1;
  Object.assign(series, { item: next.id, taken: 0 });
  return next;
}

/** Count a photograph that was taken. */
export function photographed(/** @type {any} */ record) {
  seriesOf(record).taken += 1;
}

/** Go on to the next weapon before all its photographs are taken. */
export function nextWeapon(/** @type {any} */ record) {
  record.extra.series = { item: null, taken: 0 };
}

export function photosOf(/** @type {any} */ record, /** @type {any} */ item) {
  return record.photos.filter((photo) => photo.item === item.id);
}

/** Say which weapon is next, and what of it. */
export function showSeries(/** @type {any} */ record) {
  const { item, taken } = seriesOf(record);
  const done = record.document.items.filter((each) => photosOf(record, each).length > 0).length;
  const isBegun = item !== null && taken > 0 && taken < VIEWS().length;
  const blanks = { number: isBegun ? done : done + 1, view: VIEWS()[isBegun ? taken : 0] };
  byId("series-says").textContent = say(gettext("Weapon %(number)s: %(view)s"), blanks);
}

function seriesOf(record) {
  return (record.extra.series ??= { item: null, taken: 0 });
}
