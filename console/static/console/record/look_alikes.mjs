/** Signs that are taken for one another on worn metal and in handwriting. */
import { say } from "./words.mjs";

const GROUPS = ["0OQD", "1IL7", "8B", "5S", "2Z", "6G", "UV", "MW"];
const FOREIGN = /[^\x20-\x7E]/;

/**
 * Return each sign of a mark that may be another, with its place counted from 1 and what it may be.
 * @returns {{place: number, sign: string, others: string[]}[]}
 */
export function lookAlikes(/** @type {string} */ text) {
  return [...text].flatMap((sign, n) => {
    const group = GROUPS.find((each) => each.includes(sign.toUpperCase()));
    if (!group) return [];
    return [{ place: n + 1, sign, others: [...group].filter((other) => other !== sign.toUpperCase()) }];
  });
}

/** Return whether a mark holds signs beyond the Latin keyboard, such as a Cyrillic А that looks like an A. */
export function hasForeignSigns(/** @type {string} */ text) {
  return FOREIGN.test(text);
}

/** Return in words where a sign of a mark may be read as another; nothing where none may. */
export function doubtsOf(/** @type {string} */ text) {
  const doubtful = lookAlikes(text).map(({ place, sign, others }) =>
    say(gettext("sign %(place)s: %(sign)s or %(others)s?"), { place, sign, others: others.join(", ") }),
  );
  if (hasForeignSigns(text)) doubtful.push(gettext("it holds signs of another script"));
  return doubtful.length ? `\u2066${text}\u2069 – ${doubtful.join("; ")}` : "";
}
