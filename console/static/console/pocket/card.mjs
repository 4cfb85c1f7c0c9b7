/** The card: what a rulebook in the pocket says of what was stated. It never says that anything is in order. */
import { apart, byId, element, language, say } from "../record/words.mjs";
import { possible } from "./evaluate.mjs";
import { factsOf } from "./facts.mjs";
import { key, keptRulebook, newKey, NONE, refresh, telephone, trustNewKey } from "./kept.mjs";
import { CANNOT } from "./verify.mjs";

export { refresh };

// Renewals of the Council come months apart; a file this old may lack one.
const STALE_DAYS = 30;
const DAY_MS = 86_400_000;

const ASKS = () => ({
  who: gettext("Ask who receives it."),
  to: gettext("Ask where it was going."),
  from: gettext("Ask where it came from."),
  what: gettext("Look what exactly it is."),
  region: gettext("Find out which part of the country it was for."),
  day: gettext("Find out on which day it was sent."),
  papers: gettext("Ask for a paper that exempts it."),
});
const AMISS = () => ({
  [NONE]: gettext("There is no rulebook on this device yet. Open this page once on a line, signed in."),
  [CANNOT]: gettext("This browser cannot check the signature of the rulebook, so it is not used. The server will screen the record."),
});

// Where a record was made, as a State, is asked on the card and kept while the room is open.
const places = new Map();

/** Draw the card of a record, with the question where it happened. */
export async function render(/** @type {HTMLElement} */ container, /** @type {any} */ document) {
  const place = places.get(document.client_id) ?? { inside: [], near: [], sea: null };
  places.set(document.client_id, place);
  const answer = element("div");
  answer.setAttribute("role", "status");
  const redraw = () => draw(answer, factsOf(document, place));
  container.replaceChildren(
    placeQuestion("pocket-inside", gettext("In which country is this, or off whose coast?"), place.inside, redraw),
    placeQuestion("pocket-near", gettext("Another country within 50 km"), place.near, redraw),
    answer,
  );
  await redraw();
}

function placeQuestion(id, question, codes, changed) {
  const label = element("label", question);
  label.setAttribute("for", id);
  const list = /** @type {HTMLSelectElement} */ (byId("origin").cloneNode(true));
  list.removeAttribute("data-field");
  Object.assign(list, { id, value: codes[0] ?? "" });
  list.addEventListener("input", (event) => {
    // It is no field of the record.
    event.stopPropagation();
    codes.splice(0, codes.length, ...(list.value ? [list.value] : []));
    changed();
  });
  const line = element("p");
  line.append(label, list);
  return line;
}

/** Draw what the kept rulebook says of the facts. */
export async function draw(/** @type {HTMLElement} */ container, /** @type {import("./evaluate.mjs").Facts} */ facts) {
  const { book, why } = await keptRulebook();
  const parts = newKey() ? [keyChanged(container, facts)] : [];
  if (book === null) {
    const trouble = AMISS()[why] ?? gettext("The rulebook on this device is not as it was signed. It is not used.");
    container.replaceChildren(...parts, element("p", trouble, "note"));
    return;
  }
  const lines = grouped(book, possible(book, facts));
  parts.push(...freshness(book), ...(lines.length ? [listOf(book, lines, facts)] : [nothing(facts)]));
  parts.push(element("p", gettext("Names are not compared here; the server compares them with the lists."), "quiet small"), source(book));
  container.replaceChildren(...parts);
}

/** Phases of one paragraph are one line. */
function grouped(book, found) {
  const lines = new Map();
  for (const { measure, asks } of found) {
    const { regime, resolution, paragraph } = measure;
    const name = [regime, resolution, paragraph].join(" ");
    const line = lines.get(name) ?? { measure, asks: new Set(), exemptions: new Set() };
    asks.forEach((each) => line.asks.add(each));
    measure.exemptions.forEach((each) => line.exemptions.add(each));
    lines.set(name, line);
  }
  return [...lines.values()];
}

function listOf(book, lines, facts) {
  const list = element("ul", "", "pocket-list");
  list.append(...lines.map((line) => lineOf(book, line, facts)));
  return list;
}

function lineOf(book, { measure, asks, exemptions }, facts) {
  const regime = book.regimes[measure.regime];
  const line = element("li");
  line.append(element("h3", titleOf(measure, regime)));
  const asked = Object.entries(ASKS()).filter(([name]) => asks.has(name));
  const acts = element("p", "", "pocket-acts");
  acts.append(element("strong", gettext("Hold, photograph, call.")), ...call(), ` ${asked.slice(0, 1).map(([, text]) => text).join("")}`);
  line.append(acts);
  for (const doubt of doubtsOf(measure, regime, facts)) line.append(element("p", doubt, "doubts small"));
  const parties = partiesOf(regime, facts);
  const open = exemptedOn(book, exemptions, facts);
  if (asked.length > 1 || parties.length || open.length) {
    const more = element("details");
    more.append(element("summary", gettext("What would decide")));
    more.append(bulleted(asked.map(([, text]) => text)));
    if (parties.length) more.append(element("p", say(gettext("Named by the Council: %(names)s"), { names: apart(parties.join(", ")) }), "small"));
    if (open.length) more.append(...exempted(open));
    line.append(more);
  }
  return line;
}

function titleOf(measure, regime) {
  const blanks = {
    target: apart(targetOf(measure, regime)),
    resolution: apart(measure.resolution.replace("S/RES/", "")),
    paragraph: apart(measure.paragraph ?? ""),
  };
  if (!measure.paragraph) return say(gettext("Possible: %(target)s, resolution %(resolution)s"), blanks);
  return say(gettext("Possible: %(target)s, resolution %(resolution)s, paragraph %(paragraph)s"), blanks);
}

function targetOf({ countries, regions }, regime) {
  const isWhole = countries.length > 0 && countries.length < 3 && regions.length === 0;
  return isWhole ? countries.map(countryName).join(", ") : regime.name;
}

function countryName(code) {
  const pairs = /** @type {HTMLElement} */ (document.querySelector("[data-regions]")).dataset.regions ?? "";
  const region = pairs.split(" ").find((pair) => pair.startsWith(`${code}:`))?.slice(4);
  return (region && new Intl.DisplayNames([language], { type: "region" }).of(region)) || code;
}

function doubtsOf(measure, { refresh_after }, { last }) {
  const doubts = [];
  if (measure.status === "contested") doubts.push(gettext("Whether it is in force is contested."));
  if (!measure.verified) doubts.push(gettext("The paragraph was not verified in its source."));
  if (refresh_after && (last ?? today()) > refresh_after) {
    doubts.push(say(gettext("This was read up to %(day)s. The Council may have changed it since."), { day: apart(refresh_after) }));
  }
  return doubts;
}

function partiesOf({ parties }, { last }) {
  const day = last ?? today();
  return parties.filter(({ from, until }) => (from ?? "") <= day && (until === null || day < until)).map(({ name }) => name);
}

/** Return the exemptions that were open on a day on which it can have happened. */
function exemptedOn(book, places, { first, last }) {
  const isOpen = ({ from, until }) => (last === null || (from ?? "") <= last) && (first === null || until === null || first < until);
  return [...places].map((place) => book.exemptions[place]).filter(isOpen);
}

function exempted(open) {
  const written = open.map(({ what, resolution, paragraph }) => `${what} (${resolution.replace("S/RES/", "")}${paragraph ? `, ¶${paragraph}` : ""})`);
  const list = bulleted([...new Set(written)]);
  // The rulebook is written in English.
  Object.assign(list, { lang: "en", dir: "ltr" });
  return [element("p", gettext("Exempted, by its paper or by itself:"), "small"), list];
}

function bulleted(texts) {
  const list = element("ul", "", "small");
  list.append(...texts.map((text) => element("li", text)));
  return list;
}

function call() {
  const number = telephone();
  if (!number) return [];
  const way = /** @type {HTMLAnchorElement} */ (element("a", number));
  Object.assign(way, { dir: "ltr", href: `tel:${number.replace(/[^+\d]/g, "")}` });
  return [" ", way, "."];
}

/** Nothing stated is not nothing touched. */
function nothing({ inside, near, from, to, through, by }) {
  const isTold = [inside, near, from, to, through, by].some((codes) => codes.length);
  if (!isTold) return element("p", gettext("Say where it is, where it came from or where it was going."), "note");
  return element("p", gettext("Nothing in this rulebook is touched by what was stated. The server will screen the record with all that is known."), "note");
}

function freshness({ made_on }) {
  const days = Math.floor((Date.now() - Date.parse(`${made_on}T00:00:00Z`)) / DAY_MS);
  if (days < -1) return [element("p", gettext("By the clock of this device the rulebook comes from the future. One of the two is wrong."), "doubts")];
  if (days <= STALE_DAYS) return [];
  return [element("p", say(gettext("The rulebook on this device is from %(day)s and may be out of date. Open this page on a line to renew it."), { day: apart(made_on) }), "doubts")];
}

function source({ rulebook, made_on, lists }) {
  const line = element("p", say(gettext("Rulebook %(version)s of %(day)s, signed by key %(key)s"), { version: apart(rulebook.version), day: apart(made_on), key: apart(key().slice(0, 16)) }), "quiet small");
  for (const { name, generated } of lists) line.append(element("br"), say(gettext("List %(name)s of %(day)s"), { name: apart(name), day: apart(generated) }));
  return line;
}

function keyChanged(container, facts) {
  const box = element("div", "", "note");
  box.append(
    element("p", gettext("The installation shows another key than the one this device knows. Ask who runs it before you trust the new one.")),
    element("p", `${apart(key())} → ${apart(newKey())}`, "small digest"),
  );
  const trust = element("button", gettext("Trust the new key"), "light");
  Object.assign(trust, { type: "button" });
  trust.addEventListener("click", async () => {
    await trustNewKey();
    await draw(container, facts);
  });
  box.append(trust);
  return box;
}

function today() {
  return new Date().toISOString().slice(0, 10);
}
