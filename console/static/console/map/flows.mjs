/** The map of flows: from where to where goods went between States, as incidents tell. */

import { Latest } from "./api.mjs";
import { FlowLayer } from "./flow_layer.mjs";
import { openRoom, settled, tell } from "./room.mjs";
import { counted, element, incidentsInWords, inDigits } from "./said.mjs";
import { legendOfCells } from "./seizures.mjs";
import { writeTable } from "./table.mjs";

const latest = new Latest();
const GOODS = 6;
// An arrow is no bracket: no browser turns it round.
const ARROW = document.documentElement.dir === "rtl" ? " ← " : " → ";
const BY_PART = { origin: "leg-origin", transit: "leg-transit", seizure: "leg-destination" };
const colouring = document.getElementById("colour-by");

/** @typedef {import("./room.mjs").Room} Room */
/** @typedef {import("./flow_layer.mjs").Leg} Leg */

function refresh(room) {
  room.readSeizures();
  return latest.read(`/api/v1/flows?${room.filters.query()}`, (answer) => show(room, answer), tell);
}

/** @param {Room} room */
function show(room, answer) {
  room.answer = answer;
  paint(room);
  tell(inWords(answer));
  const rows = answer.legs.toSorted((a, b) => b.incidents - a.incidents);
  writeTable(columns(room), rows, (leg) => room.flows?.choose(leg));
  room.time.shown();
}

function paint(room) {
  room.flows?.show(room.answer.legs, colourIn(room));
  room.writeLegend();
}

function inWords({ legs, withheld }) {
  const sentences = [
    interpolate(ngettext("%s leg between States.", "%s legs between States.", legs.length), [inDigits(legs.length)]),
  ];
  if (withheld > 0)
    sentences.push(
      interpolate(
        ngettext(
          "%s more is withheld: so few cases stand behind it that they could be told apart.",
          "%s more are withheld: so few cases stand behind each that they could be told apart.",
          withheld,
        ),
        [inDigits(withheld)],
      ),
    );
  const nowhere = legs.filter((leg) => !leg.from_position || !leg.to_position).length;
  if (nowhere > 0)
    sentences.push(
      interpolate(
        ngettext("%s is in the table only: an end is not known.", "%s are in the table only: an end is not known.", nowhere),
        [inDigits(nowhere)],
      ),
    );
  return sentences.join(" ");
}

/** @param {Room} room */
function columns(room) {
  return [
    { title: gettext("Leg"), show: (leg) => legButton(room, leg) },
    { title: gettext("Incidents"), isNumber: true, show: (leg) => listOf(leg, inDigits(leg.incidents)) },
    { title: gettext("Arms"), show: armsInWords },
    { title: gettext("How it is known"), show: surenessInWords },
  ];
}

/** A button that opens what the map says of a leg; where it is not drawn, only its words. */
function legButton(room, leg) {
  const cell = document.createDocumentFragment();
  const words = endsInWords(room, leg);
  if (room.flows?.middleOf(leg)) {
    const button = element("button", words, { type: "button", className: "as-link" });
    button.addEventListener("click", () => openNote(room, leg));
    cell.append(button);
  } else cell.append(words);
  cell.append(element("span", partInWords(leg.leg), { className: "quiet small map-part" }));
  return cell;
}

function openNote(room, leg, position = room.flows.middleOf(leg)) {
  const note = element("div", "", { className: "map-note" });
  const lines = [
    element("strong", endsInWords(room, leg)),
    partInWords(leg.leg),
    listOf(leg),
    interpolate(gettext("Arms: %s"), [armsInWords(leg)]),
    categoriesInWords(room, leg),
    surenessInWords(leg),
    daysInWords(leg),
  ];
  for (const line of lines.filter(Boolean)) {
    const paragraph = element("p");
    paragraph.append(line);
    note.append(paragraph);
  }
  room.note(position, note);
}

function endsInWords({ filters }, { from, to }) {
  const names = [from, to].map((code) => (code === "XXX" ? gettext("Not known") : filters.words("country", code)));
  return names.join(ARROW);
}

function partInWords(part) {
  const words = {
    origin_transit: gettext("Origin to transit"),
    origin_seizure: gettext("Origin to seizure"),
    transit_transit: gettext("Transit to transit"),
    transit_seizure: gettext("Transit to seizure"),
    seizure_destination: gettext("Seizure to intended destination"),
  };
  return words[part] ?? part;
}

/** A link to exactly these incidents; read out, it says what a bare number leaves out. */
function listOf({ incidents, incidents_url }, words = incidentsInWords(incidents)) {
  const link = element("a", words, { href: `/incidents/${new URL(incidents_url, location).search}` });
  if (words !== incidentsInWords(incidents)) link.append(element("span", ` ${incidentsInWords(incidents)}`, { className: "unseen" }));
  return link;
}

function armsInWords({ arms, without_count }) {
  if (arms === null) return gettext("not known");
  if (without_count === 0) return inDigits(arms);
  const values = { arms: inDigits(arms), count: incidentsInWords(without_count) };
  return interpolate(gettext("%(arms)s, and not counted in %(count)s"), values, true);
}

function categoriesInWords({ filters }, { categories }) {
  return Object.entries(categories)
    .toSorted(([, a], [, b]) => b - a)
    .map(([category, count]) => counted(filters.words("category", category), count))
    .join(", ");
}

function surenessInWords({ sureness }) {
  const words = {
    observed: gettext("observed"),
    documents: gettext("documents"),
    statement: gettext("stated"),
    assessment: gettext("assessed"),
    allegation: gettext("alleged"),
    unknown: gettext("basis not known"),
  };
  return Object.entries(sureness)
    .filter(([, count]) => count > 0)
    .map(([basis, count]) => counted(words[basis] ?? basis, count))
    .join(", ");
}

function daysInWords({ first_on, last_on }) {
  if (first_on === null) return gettext("Days unknown");
  return first_on === last_on ? first_on : `${first_on} – ${last_on}`;
}

/** Return which colour each leg has: that of its part of the way, or that of most of its goods. */
function colourIn({ answer }) {
  if (colouring.value === "part") return ({ leg }) => BY_PART[leg.split("_")[0]] ?? "leg-other";
  const goods = commonest(answer.legs);
  return (leg) => {
    const place = goods.indexOf(mostOf(leg.categories));
    return place < 0 ? "goods-other" : `goods-${place + 1}`;
  };
}

function commonest(legs) {
  const counts = {};
  for (const { categories } of legs)
    for (const [category, count] of Object.entries(categories)) counts[category] = (counts[category] ?? 0) + count;
  return Object.keys(counts)
    .toSorted((a, b) => counts[b] - counts[a])
    .slice(0, GOODS);
}

function mostOf(categories) {
  return Object.keys(categories).reduce((most, each) => (categories[each] > (categories[most] ?? 0) ? each : most), "");
}

function legend(room) {
  const { answer, filters } = room;
  const parts = [
    { shape: "line", colour: "leg-origin", words: gettext("From the origin") },
    { shape: "line", colour: "leg-transit", words: gettext("From a State of transit") },
    { shape: "line", colour: "leg-destination", words: gettext("To the intended destination") },
  ];
  const goods = commonest(answer?.legs ?? []).map((category, place) => ({
    shape: "line",
    colour: `goods-${place + 1}`,
    words: filters.words("category", category),
  }));
  return [
    ...(colouring.value === "part" ? parts : [...goods, { shape: "line", colour: "goods-other", words: gettext("Other goods") }]),
    { shape: "dash", colour: "leg-other", words: gettext("Dashed: only stated") },
    ...(room.showsSeizures() ? legendOfCells() : []),
  ];
}

const room = await openRoom({ changed: refresh, legend, shapes: (each) => [...each.seizures.shapes(), ...each.flows.shapes()] });
if (room.map) room.flows = new FlowLayer(room.map, room.coloured);
room.map?.on("moveend", settled(() => room.readSeizures()));
room.map?.on("click", ({ point, lngLat }) => {
  const [hit] = room.map.queryRenderedFeatures(point, { layers: FlowLayer.LAYERS });
  if (hit) openNote(room, room.flows.rowOf(hit), lngLat);
});
colouring.addEventListener("change", () => paint(room));
refresh(room);
