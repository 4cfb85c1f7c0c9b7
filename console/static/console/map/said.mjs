/** How the map says numbers, positions and days. */

const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const degrees = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });

// English days as the pages write them: 23 January 2013.
const days = language === "en" ? "en-GB" : language;

/**
 * Return a day as far as it is known: 23 January 2013, January 2013, 2013.
 * @param {string | null} stated
 */
export function dayInWords(stated) {
  if (!stated) return gettext("Day unknown");
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(stated) ?? [];
  if (!month) return year ?? stated;
  const how = /** @type {const} */ ({ year: "numeric", month: "long", ...(day && { day: "numeric" }), timeZone: "UTC" });
  return new Intl.DateTimeFormat(days, how).format(new Date(`${year}-${month}-${day ?? "01"}T00:00Z`));
}

/** @param {number} value */
export const inDigits = (value) => numbers.format(value);

/**
 * @param {number} longitude
 * @param {number} latitude
 */
export function positionInWords(longitude, latitude) {
  const values = { north: degrees.format(Math.abs(latitude)), east: degrees.format(Math.abs(longitude)) };
  if (latitude >= 0 && longitude >= 0) return interpolate(gettext("%(north)s° N, %(east)s° E"), values, true);
  if (latitude >= 0) return interpolate(gettext("%(north)s° N, %(east)s° W"), values, true);
  if (longitude >= 0) return interpolate(gettext("%(north)s° S, %(east)s° E"), values, true);
  return interpolate(gettext("%(north)s° S, %(east)s° W"), values, true);
}

/** @param {number | null} accuracy_m */
export function accuracyInWords(accuracy_m) {
  if (accuracy_m === null) return gettext("Accuracy not known");
  if (accuracy_m < 1000) return interpolate(gettext("Within %s m"), [inDigits(accuracy_m)]);
  return interpolate(gettext("Within %s km"), [inDigits(Math.round(accuracy_m / 1000))]);
}

/** @param {number} count */
export const incidentsInWords = (count) =>
  interpolate(ngettext("%s incident", "%s incidents", count), [inDigits(count)]);

/**
 * @param {string} words
 * @param {number} count
 */
export const counted = (words, count) =>
  interpolate(gettext("%(words)s: %(count)s"), { words, count: inDigits(count) }, true);

/**
 * Return an element with text in it; text is all that data ever becomes.
 * @param {string} name
 * @param {string} [text]
 * @param {Record<string, unknown>} [properties]
 */
export function element(name, text = "", properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  if (text !== "") made.textContent = text;
  return made;
}
