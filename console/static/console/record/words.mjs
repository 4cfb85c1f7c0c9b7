/** Words and moments in the reader's language. */

export const language = document.documentElement.lang || "en";
// English days and hours as the pages write them: 23 January 2013, 20:15.
const locale = language === "en" ? "en-GB" : language;

/** Return a sentence of the catalogue with its blanks filled by name. */
export function say(/** @type {string} */ sentence, /** @type {Record<string, unknown>} */ blanks) {
  return interpolate(sentence, blanks, true);
}

/** Return a text that keeps its own direction within another. */
export function apart(/** @type {string} */ text) {
  return `\u2068${text}\u2069`;
}

/** Return a moment in local time, or in another zone. */
export function moment(/** @type {Date} */ when, /** @type {string | undefined} */ timeZone = undefined) {
  const how = /** @type {const} */ ({ dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
  return new Intl.DateTimeFormat(locale, { ...how, timeZone }).format(when);
}

/** Return hour and minute in local time. */
export function hour(/** @type {Date} */ when) {
  return when.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** Name the options of a list of countries, in the order of their names. */
export function nameCountries(/** @type {HTMLSelectElement} */ list, /** @type {Map<string, string>} */ regions) {
  const names = new Intl.DisplayNames([language], { type: "region" });
  const options = [...list.options].filter((option) => option.value);
  for (const option of options) option.textContent = names.of(regions.get(option.value) ?? "ZZ") ?? option.value;
  options.sort((one, other) => one.text.localeCompare(other.text, language));
  list.append(...options);
}

/** Return an element with text in it; what anybody wrote is text and nothing else. */
export function element(/** @type {string} */ name, /** @type {string} */ text = "", /** @type {string} */ className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

export function byId(/** @type {string} */ id) {
  return /** @type {any} */ (document.getElementById(id));
}
