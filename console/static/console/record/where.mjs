/** Where it was: from the device, as written, or by a pin on a map. */
import { readCoordinates } from "./coordinates.mjs";
import { doubts, readings } from "./position.mjs";
import { byId, element, say } from "./words.mjs";

const DOUBTS = () => ({
  no_accuracy: gettext("The device does not say how exact this is."),
  coarse: gettext("The position is very inexact."),
  old: gettext("The position is old: it was taken more than a minute ago."),
  ahead: gettext("The position bears a time that has not come yet."),
  jump: gettext("Nobody travels this fast since the last position: one of the two is wrong."),
  unchanging: gettext("Several readings are the same to the last digit: the position may be false."),
  nowhere: gettext("The device says zero degrees north and east, which is usually an error."),
});

/** Take the device's position and put it into the record; says what is doubtful. */
export async function locate(/** @type {any} */ record, /** @type {any} */ last) {
  byId("fix").textContent = gettext("Looking for the position…");
  byId("fix-doubts").replaceChildren();
  let taken;
  try {
    taken = await readings();
  } catch {
    byId("fix").textContent = gettext("The device gives no position. Write coordinates or the name of the place.");
    return null;
  }
  const fix = { ...taken[taken.length - 1], doubts: doubts(taken, last ?? null, Date.now()) };
  placeAt(record, fix, "gps", fix.accuracy_m);
  record.document.location_text = null;
  record.extra.fix = fix;
  return fix;
}

/** Show where the record is, and what is doubtful of it. */
export function showPlace(/** @type {any} */ record) {
  const { location, location_accuracy_m, location_source } = record.document;
  byId("fix").textContent = location ? inWords(location.coordinates, location_accuracy_m) : "";
  const named = location && location_source === "gps" ? (record.extra.fix?.doubts ?? []) : [];
  byId("fix-doubts").replaceChildren(...named.map((name) => element("li", DOUBTS()[name] ?? name)));
  const map = byId("map").firstElementChild;
  if (map && location) [map.dataset.longitude, map.dataset.latitude] = location.coordinates.map(String);
}

/** Read coordinates as they were written; what cannot be read is kept as it is. */
export async function readTyped(/** @type {any} */ record, /** @type {string} */ typed) {
  const found = await readCoordinates(typed);
  if (record.document.location_text !== (typed || null)) return;
  if (found) placeAt(record, found, null, found.accuracy_m);
  else if (record.document.location_source !== "gps" && record.document.location_source !== "map") record.document.location = null;
  byId("typed-says").textContent = !typed ? "" : found
    ? say(gettext("Read as %(form)s: %(position)s"), { form: found.form, position: degrees(found) })
    : gettext("This is not read as coordinates. It is kept as written.");
}

/** Let the place be set by a pin, where there is a map; it is loaded when it is asked for. */
export function offerMap(/** @type {string | undefined} */ address, /** @type {() => any} */ current, /** @type {() => void} */ changed) {
  byId("map-offer").hidden = !address;
  byId("show-map").addEventListener("click", async () => {
    const map = element("div", "", "mini-map");
    map.dataset.pin = "true";
    const [longitude, latitude] = current().document.location?.coordinates ?? [];
    if (longitude !== undefined) Object.assign(map.dataset, { longitude, latitude });
    map.addEventListener("pinned", (event) => {
      placeAt(current(), /** @type {CustomEvent} */ (event).detail, "map", null);
      changed();
    });
    byId("map").replaceChildren(map);
    try {
      styled(new URL("map.css", new URL(address, location.href)).href);
      styled(new URL("../vendor/maplibre-gl.css", import.meta.url).href);
      await import(address);
      byId("map-offer").hidden = true;
    } catch {
      map.replaceChildren(gettext("There is no map now. Write coordinates or the name of the place."));
    }
  });
}

function styled(address) {
  const link = element("link");
  Object.assign(link, { rel: "stylesheet", href: address });
  document.head.append(link);
}

function placeAt(record, { longitude, latitude }, source, accuracy_m) {
  record.document.location = { type: "Point", coordinates: [longitude, latitude] };
  record.document.location_source = source;
  record.document.location_accuracy_m = accuracy_m;
}

function inWords([longitude, latitude], accuracy_m) {
  const position = degrees({ longitude, latitude });
  if (accuracy_m === null || accuracy_m === undefined || accuracy_m === "") {
    return say(gettext("%(position)s, how exact is not known"), { position });
  }
  return say(gettext("%(position)s, within %(metres)s m"), { position, metres: accuracy_m });
}

function degrees({ longitude, latitude }) {
  // Marked as left to right, so that an Arabic sentence does not turn the numbers around.
  return `\u2066${latitude.toFixed(5)}, ${longitude.toFixed(5)}\u2069`;
}
