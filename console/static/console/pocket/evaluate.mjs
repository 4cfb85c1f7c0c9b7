/**
 * Which measures of a pocket rulebook may be touched by what was stated. Pure: no page, no clock, no store.
 *
 * A measure leaves the list only where something stated excludes it; what is unknown excludes nothing.
 *
 * @typedef {object} Facts
 * @property {string | null} first First day on which it can have happened, as an ISO day; null where unknown.
 * @property {string | null} last
 * @property {string[]} inside States it happened in, or off whose coast.
 * @property {string[]} near States whose border or coast is close.
 * @property {boolean | null} sea Whether it happened at sea.
 * @property {string[]} from
 * @property {string[]} to
 * @property {string[]} through
 * @property {string[]} by The receiver's own State.
 * @property {string} receiver The kind of receiver, or "unknown".
 * @property {string[]} categories An empty word is goods whose kind is unknown.
 * @property {string[]} flag
 * @property {string[]} madeIn
 */

const BINDS = new Set(["binding", "contested"]);

/** Return the facts with which nothing is stated. @returns {Facts} */
export function nothingStated() {
  const none = { inside: [], near: [], from: [], to: [], through: [], by: [], categories: [], flag: [], madeIn: [] };
  return { first: null, last: null, sea: null, receiver: "unknown", ...none };
}

/**
 * Return the measures that may be touched, in the order of the rulebook, each with what would decide.
 * @returns {{measure: any, asks: string[]}[]}
 */
export function possible(/** @type {any} */ book, /** @type {Facts} */ facts) {
  const bearings = bearingsOf(book, facts);
  return book.measures
    .filter((measure) => isPossible(book, measure, bearings))
    .map((measure) => ({ measure, asks: asksOf(book, measure, bearings) }));
}

/** Return the day so many days later; null stays unknown. */
export function shifted(/** @type {string | null} */ day, /** @type {number} */ days) {
  if (day === null) return null;
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** Give each stated State as the present-day units that it covered on the day. */
function bearingsOf(book, facts) {
  const units = (codes) => new Set(codes.flatMap((code) => unitsOf(book, code, facts.last)));
  const places = Object.fromEntries(
    ["inside", "near", "from", "to", "through", "by", "flag", "madeIn"].map((name) => [name, units(facts[name])]),
  );
  // A day as a post counts it may be its neighbour in New York, on whose days resolutions take effect.
  const days = { first: shifted(facts.first, -1), last: shifted(facts.last, 1) };
  return { ...facts, ...places, found: facts.first, ...days };
}

function unitsOf(book, code, day) {
  if (code === "XXX") return [];
  const periods = book.states.filter((each) => each.code === code);
  if (periods.length === 0) return [code];
  const held = day && periods.find((each) => (each.from ?? "") <= day && (each.until === null || day < each.until));
  return (held || periods.reduce((one, other) => ((other.from ?? "") > (one.from ?? "") ? other : one))).units;
}

function isPossible(book, measure, bearings) {
  return (
    mayBeInForce(measure, bearings) &&
    mayCover(book, measure, bearings) &&
    mayGoThatWay(measure, bearings) &&
    mayBind(book, measure, bearings)
  );
}

function mayBeInForce({ status, from, until }, { first, last }) {
  if (!BINDS.has(status)) return false;
  const isOver = until !== null && first !== null && until <= first;
  const isToCome = from !== null && last !== null && last < from;
  return !isOver && !isToCome;
}

function mayCover(book, measure, { categories }) {
  const covered = book.coverages[measure.goods];
  return categories.length === 0 || categories.some((each) => !book.categories.includes(each) || covered.includes(each));
}

function mayGoThatWay(measure, bearings) {
  // A list without territory: who receives it decides.
  if (measure.countries.length === 0) return true;
  const target = new Set(measure.countries);
  const { direction } = measure;
  if (direction === "to_target") return mayBeSupply(measure, target, bearings);
  if (direction === "from_target") return mayBeProcurement(measure, target, bearings);
  return mayBeSupply(measure, target, bearings) || mayBeProcurement(measure, target, bearings);
}

function mayBeSupply(measure, target, { to, by, from, inside, near, sea, found }) {
  if (meet(to, target) || meet(by, target)) return true;
  if (to.size || by.size) return false;
  if (meet(inside, target)) return true;
  // Goods still outside when the measure had ended were not supplied under it.
  const isOver = measure.until !== null && found !== null && measure.until <= found;
  if (sea !== true && meet(near, target) && !isOver) return true;
  return meet(from, target) && inside.size + near.size === 0;
}

function mayBeProcurement(measure, target, { to, by, from, through, inside, sea, flag, madeIn }) {
  if (meet(from, target)) return to.size === 0 || ![...to].every((unit) => target.has(unit));
  const isBoundThere = meet(to, target) || meet(by, target);
  if (meet(through, target) && !isBoundThere) return true;
  const isItsFlag = measure.reaches_flag && meet(flag, target);
  if (from.size) return isItsFlag && !isBoundThere;
  if (meet(to, target)) return false;
  const isOnLand = sea !== true && meet(inside, target);
  const isInWaters = sea !== false && meet(inside, target) && to.size + by.size === 0;
  return isOnLand || isInWaters || isItsFlag || meet(madeIn, target);
}

function mayBind(book, measure, { receiver, by, to }) {
  const { never, not_own } = book.scopes[measure.scope];
  if (never.includes(receiver)) return false;
  return !(not_own.includes(receiver) && meet(by.size ? by : to, new Set(measure.countries)));
}

/** Return what would decide, in the order in which an officer can ask it. */
function asksOf(book, measure, { receiver, to, from, categories, first, last }) {
  const { never, not_own } = book.scopes[measure.scope];
  const isForSome = measure.exemptions.some((place) => book.exemptions[place].receivers.length > 0);
  const open = {
    who: receiver === "unknown" && (never.length + not_own.length > 0 || isForSome),
    to: to.size === 0 && measure.direction !== "from_target" && measure.countries.length > 0,
    from: from.size === 0 && measure.direction !== "to_target" && measure.countries.length > 0,
    what: categories.length === 0 || categories.every((each) => each === "" || each === "arms_unspecified"),
    region: measure.regions.length > 0,
    day: first === null || last === null || (measure.from ?? "") > first || (measure.until ?? "9999") <= last,
    papers: measure.exemptions.length > 0,
  };
  return Object.keys(open).filter((name) => open[name]);
}

function meet(one, other) {
  for (const each of one) if (other.has(each)) return true;
  return false;
}
