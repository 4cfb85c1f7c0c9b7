/** The record itself: begun, written field by field, and made into what is sent. Nothing here touches the page. */

/** Return a record begun at a moment; its ids are made here, so that it is one record however often it is sent. */
export function begun(/** @type {Date} */ now, /** @type {Record<string, any>} */ last = {}) {
  const id = crypto.randomUUID();
  return {
    id,
    begun_at: now.toISOString(),
    state: "open",
    leaf: "1",
    extra: { when: { mode: "now" } },
    document: {
      client_id: id,
      kind: last.kind ?? "seizure",
      basis: "observed",
      occurred_on: stamp(now),
      time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      parties: [{ role: "possessor" }],
      route: { basis: "statement" },
      items: [],
    },
    photos: [],
  };
}

/** Return a moment with the device's own offset: local time, and by it UTC. */
export function stamp(/** @type {Date} */ moment) {
  const offset = -moment.getTimezoneOffset();
  const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 16);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local}${offset < 0 ? "-" : "+"}${two(hours)}:${two(minutes)}`;
}

/** Return a date as far as it is known: year, month, day, minute. Empty parts end it. */
export function partialDate(/** @type {Record<string, string>} */ { year, month, day, time }) {
  if (!year) return "";
  if (!month) return year;
  if (!day) return `${year}-${two(month)}`;
  const written = `${year}-${two(month)}-${two(day)}`;
  if (!time) return written;
  const moment = new Date(`${written}T${time}`);
  return Number.isNaN(moment.getTime()) ? `${written}T${time}` : stamp(moment);
}

/** Return the value at a path such as `route.origin`; undefined where nothing is. */
export function at(/** @type {any} */ holder, /** @type {string} */ path) {
  return path.split(".").reduce((found, name) => found?.[name], holder);
}

/** Put a value at a path, making what holds it. */
export function put(/** @type {any} */ holder, /** @type {string} */ path, /** @type {unknown} */ value) {
  const names = path.split(".");
  const last = /** @type {string} */ (names.pop());
  const inner = names.reduce((found, name) => (found[name] ??= {}), holder);
  inner[last] = value;
}

/** Return a new item of a category. */
export function newItem(/** @type {string} */ category) {
  const unit = category === "ammunition" ? "round" : "piece";
  return { id: crypto.randomUUID(), category, quantity: null, unit, quantity_basis: "counted", marks: [] };
}

/** Return copies of an item, one for each serial number. */
export function spread(/** @type {Record<string, any>} */ item, /** @type {string[]} */ serials) {
  return serials.map((serial, n) => ({
    ...structuredClone(item),
    ...(n === 0 ? {} : { id: crypto.randomUUID() }),
    serial_number: serial,
    quantity: 1,
  }));
}

/** Return the record as the server reads it: what was left empty is not in it; without goods it is a draft. */
export function sent(/** @type {Record<string, any>} */ record) {
  const document = pruned(record.document) ?? {};
  const parties = (document.parties ?? []).filter((party) => party.kind || party.name);
  const route = document.route && (document.route.origin || document.route.destination) ? document.route : null;
  const items = (document.items ?? []).map((item) => (item.quantity === undefined ? without(item, "unit") : item));
  const location_text = document.location_text ?? fixText(record);
  const whole = { ...document, location_text, parties, route, items, state: isWhole(record) ? "final" : "draft" };
  return /** @type {Record<string, any>} */ (pruned(whole));
}

/** What the receiver said and what is doubtful of it, for whoever weighs the position later. */
function fixText({ document, extra }) {
  if (document.location_source !== "gps" || !extra.fix) return null;
  const { latitude, longitude, accuracy_m, at, doubts } = extra.fix;
  const said = `gps ${latitude}, ${longitude}; accuracy ${accuracy_m ?? "not stated"}; ${new Date(at).toISOString()}`;
  return doubts.length ? `${said}; doubtful: ${doubts.join(", ")}` : said;
}

/** Make sure that the parts into which the sheet writes are there. */
export function ready(/** @type {Record<string, any>} */ record) {
  const { document } = record;
  document.items ??= [];
  document.route ??= { basis: "statement" };
  document.parties ??= [];
  if (document.parties.length === 0) document.parties.push({ role: "possessor" });
  record.extra ??= { when: { mode: "earlier" } };
  return record;
}

/** Return whether the record says enough to stand: kind, date and goods. */
export function isWhole(/** @type {Record<string, any>} */ { document, asDraft }) {
  const hasGoods = document.items.length > 0 || ["inspection", "denial"].includes(document.kind);
  return !asDraft && Boolean(document.kind && document.occurred_on && hasGoods);
}

/** Return a JSON merge patch (RFC 7396) that makes one document into the other, by whole top-level fields. */
export function patch(/** @type {Record<string, any>} */ before, /** @type {Record<string, any>} */ after) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => !same(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, replaced(before[name], after[name])]));
}

/** What is gone inside an object must be said to be gone, or a merge would keep it. */
function replaced(before, after) {
  if (after === undefined) return null;
  if (!isObject(before) || !isObject(after)) return after;
  const gone = Object.keys(before).filter((name) => !(name in after));
  return { ...after, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

/** Return whether two values say the same: absent, null and empty are one. */
export function same(/** @type {unknown} */ one, /** @type {unknown} */ other) {
  return sorted(pruned(one)) === sorted(pruned(other));
}

function sorted(value) {
  return JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/** Return the value without what is empty in it; undefined where nothing is left. */
export function pruned(/** @type {any} */ value) {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const kept = value.map(pruned).filter((each) => each !== undefined);
    return kept.length ? kept : undefined;
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value)
    .map(([name, inner]) => [name, pruned(inner)])
    .filter(([, inner]) => inner !== undefined);
  return kept.length ? Object.fromEntries(kept) : undefined;
}

function without(item, name) {
  return Object.fromEntries(Object.entries(item).filter(([each]) => each !== name));
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function two(value) {
  return String(value).padStart(2, "0");
}
