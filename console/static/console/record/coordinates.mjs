/** Coordinates as people write them: degrees in any of their forms, UTM, MGRS. */

const MGRS = /^\d{1,2}\s*[C-HJ-NP-X]\s*[A-HJ-NP-Z]{2}[\d\s]*$/i;
const UTM = /^\d{1,2}\s*([C-HJ-NP-X])\s+(\d{6,7}(?:\.\d+)?)\s*m?E?[\s,]+(\d{1,8}(?:\.\d+)?)\s*m?N?$/i;

/**
 * Return what the text says; null where it says no place on Earth.
 * @returns {Promise<{latitude: number, longitude: number, form: string, accuracy_m: number | null} | null>}
 */
export async function readCoordinates(/** @type {string} */ text) {
  const typed = text.trim();
  if (!typed) return null;
  try {
    if (MGRS.test(typed)) return await fromMgrs(typed);
    if (UTM.test(typed)) return await fromUtm(typed);
    return await fromDegrees(typed);
  } catch {
    return null;
  }
}

async function fromMgrs(typed) {
  const { default: Mgrs } = await import("../vendor/geodesy/mgrs.js");
  const [, zone, band, square, digits] = typed.replaceAll(/\s/g, "").match(/^(\d{1,2})([A-Z])([A-Z]{2})(\d*)$/i);
  if (digits.length % 2 || digits.length > 10) return null;
  const half = digits.length / 2;
  // Fewer digits name a square; its middle stands for it, and half of its diagonal is how exact that is.
  const side = 10 ** (5 - half);
  const metres = [digits.slice(0, half), digits.slice(half)].map((part) => Number(part || 0) * side + side / 2);
  const grid = new Mgrs(Number(zone), band.toUpperCase(), square[0].toUpperCase(), square[1].toUpperCase(), ...metres);
  const { lat, lon } = grid.toUtm().toLatLon();
  return { ...rounded(lat, lon), form: "MGRS", accuracy_m: Math.ceil(side * Math.SQRT1_2) };
}

async function fromUtm(typed) {
  const { default: Utm } = await import("../vendor/geodesy/utm.js");
  const zone = Number.parseInt(typed, 10);
  const [, band, easting, northing] = typed.match(UTM);
  const point = new Utm(zone, hemisphere(band.toUpperCase(), Number(northing)), Number(easting), Number(northing)).toLatLon();
  return { ...rounded(point.lat, point.lon), form: "UTM", accuracy_m: null };
}

/** S is a band of the north, and to many the south: in the band a northing lies between 32 and 40 degrees. */
function hemisphere(band, northing) {
  if (band === "S") return northing > 3_500_000 && northing < 4_450_000 ? "N" : "S";
  return band < "N" ? "S" : "N";
}

async function fromDegrees(typed) {
  const { default: Dms } = await import("../vendor/geodesy/dms.js");
  const [first, second, ...more] = halves(latin(typed));
  if (second === undefined || more.length) return null;
  const isSwapped = /[EW]/i.test(first) || /[NS]/i.test(second);
  const [north, east] = (isSwapped ? [second, first] : [first, second]).map(tidied);
  const [latitude, longitude] = [Dms.parse(north), Dms.parse(east)];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null;
  const form = /[°'′"″]|\d\s+\d/.test(north) ? "DMS" : "decimal";
  return { ...rounded(latitude, longitude), form, accuracy_m: null };
}

/** Return latitude and longitude apart: by their letters, by a comma, or down the middle. */
function halves(typed) {
  const lettered = typed.match(/^\s*[NSEW]/i.test(typed) ? /[NSEW][^NSEW]*/gi : /[^NSEW]*[NSEW]/gi) ?? [];
  if (lettered.length === 2) return lettered;
  // A comma between digits may be a decimal comma: then a blank or a semicolon parts the two.
  const cut = /;/.test(typed) ? /;/ : /,\s|\d\.\d+\s*,/.test(typed) || !/\s/.test(typed) ? /,/ : null;
  if (cut) return typed.split(cut);
  const words = typed.split(/\s+/);
  return words.length % 2 ? words : [words.slice(0, words.length / 2).join(" "), words.slice(words.length / 2).join(" ")];
}

function tidied(part) {
  const bare = part.trim().replace(/^([NSEW])\s*(.*)$/i, "$2$1").replaceAll(/^[,;\s]+|[,;\s]+$/g, "");
  return bare.replaceAll(/(\d),(\d)/g, "$1.$2").replaceAll(/\s+([NSEW])$/gi, "$1");
}

/** Digits of other scripts are digits all the same. */
function latin(text) {
  return text
    .replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll("٫", ".")
    .replaceAll("−", "-");
}

function rounded(latitude, longitude) {
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) };
}
