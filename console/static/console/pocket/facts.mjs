/** From a record as it is sent to the facts that a pocket asks. Pure. */
import { nothingStated } from "./evaluate.mjs";

/** Return what a record states; where it happened is not in it as a State, and is asked beside it. */
export function factsOf(/** @type {any} */ document, /** @type {{inside?: string[], near?: string[], sea?: boolean | null}} */ place = {}) {
  const { route = {}, recipient = {}, conveyance = {}, items = [] } = document;
  const spans = [document.occurred_on, route.departed_on, route.arrived_on].filter(Boolean).map(daysOf);
  return {
    ...nothingStated(),
    ...place,
    // Goods that left, or arrived, before the stop were on their way since.
    first: document.occurred_on ? least(spans.map(({ first }) => first)) : null,
    last: document.occurred_on ? daysOf(document.occurred_on).last : null,
    from: known(route.origin),
    to: known(route.destination),
    through: route.transit ?? [],
    by: known(recipient.country),
    // An alleged receiver decides nothing.
    receiver: recipient.basis === "allegation" ? "unknown" : (recipient.kind ?? "unknown"),
    categories: items.map(({ category }) => category ?? ""),
    flag: known(conveyance.flag),
    madeIn: items.flatMap((item) => known(item.country_of_manufacture)),
  };
}

/** Return the first and the last day of a date that may be a year, a month, a day or a moment. */
export function daysOf(/** @type {string} */ written) {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(written) ?? [];
  // What is no date of the calendar is not known.
  if (!year || Number.isNaN(Date.parse(`${year}-${month ?? "01"}-${day ?? "01"}T00:00:00Z`))) return { first: null, last: null };
  if (day) return { first: `${year}-${month}-${day}`, last: `${year}-${month}-${day}` };
  if (!month) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const end = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { first: `${year}-${month}-01`, last: `${year}-${month}-${end}` };
}

function known(code) {
  return code ? [code] : [];
}

function least(days) {
  return days.includes(null) ? null : days.reduce((one, other) => (other < one ? other : one));
}
