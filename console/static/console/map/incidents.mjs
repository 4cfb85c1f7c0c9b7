/** The map of incidents: where they lie, in cells with counts or one by one. */

import { areaOf } from "./lasso.mjs";
import { openRoom, settled, tell } from "./room.mjs";
import { accuracyInWords, counted, dayInWords, element, incidentsInWords, inDigits, positionInWords } from "./said.mjs";
import { legendOfCells, legendOfPoints, outlineOf, SeizureLayer } from "./seizures.mjs";
import { writeTable } from "./table.mjs";

// One step closer than what shows a cell whole.
const CLOSER = { padding: 48, maxZoom: 12 };

/** @typedef {import("./room.mjs").Room} Room */

/** @param {Room} room */
function refresh(room) {
  room.readSeizures((answer) => show(room, answer));
}

/** @param {Room} room */
function show(room, answer) {
  room.answer = answer;
  room.writeLegend();
  tell(inWords(answer));
  const columns = answer.kind === "cells" ? columnsOfCells(room) : columnsOfPoints(room);
  const rows = answer.kind === "cells" ? answer.cells.toSorted((a, b) => b.count - a.count) : answer.points;
  writeTable(columns, rows, (row) => room.seizures?.choose(row));
  room.time.shown();
}

function inWords({ kind, cells, total, without_position }) {
  const sentences = [interpolate(ngettext("%s incident in view.", "%s incidents in view.", total), [inDigits(total)])];
  const uncertain = kind === "cells" ? cells.reduce((sum, cell) => sum + cell.uncertain, 0) : 0;
  if (uncertain > 0)
    sentences.push(
      interpolate(
        ngettext(
          "%s of them may lie in another cell: its place is known less exactly.",
          "%s of them may lie in other cells: their places are known less exactly.",
          uncertain,
        ),
        [inDigits(uncertain)],
      ),
    );
  if (without_position > 0)
    sentences.push(
      interpolate(
        ngettext("%s more has no position.", "%s more have no position.", without_position),
        [inDigits(without_position)],
      ),
    );
  return sentences.join(" ");
}

/** @param {Room} room */
function columnsOfCells(room) {
  return [
    { title: gettext("Middle of the cell"), isWhole: true, show: (cell) => approach(room, cell) },
    { title: gettext("Incidents"), isNumber: true, show: ({ count }) => inDigits(count) },
    { title: gettext("Outcomes"), show: ({ outcomes }) => countsInWords(room, outcomes) },
    { title: gettext("Cases"), show: (cell) => listOf(room, cell) },
  ];
}

/** @param {Room} room */
function columnsOfPoints(room) {
  return [
    { title: gettext("Reference"), isWhole: true, show: named },
    { title: gettext("Day"), show: ({ occurred_on }) => dayInWords(occurred_on) },
    { title: gettext("Items"), show: ({ categories }) => categoriesInWords(room, categories) },
    { title: gettext("Outcomes"), show: ({ outcomes }) => outcomesInWords(room, outcomes) },
  ];
}

/** What is said of a cell or point that was pressed. */
function noteOf(room, row) {
  const note = element("div", "", { className: "map-note" });
  if (row.cell === undefined) {
    const position = `${positionInWords(row.longitude, row.latitude)} · ${accuracyInWords(row.accuracy_m)}`;
    note.append(
      lineOf(linkOf(row)),
      lineOf(dayInWords(row.occurred_on)),
      ...(row.place ? [lineOf(element("bdi", row.place))] : []),
      lineOf(categoriesInWords(room, row.categories)),
      lineOf(outcomesInWords(room, row.outcomes)),
      lineOf(position),
    );
  } else {
    note.append(
      lineOf(element("strong", incidentsInWords(row.count))),
      lineOf(countsInWords(room, row.outcomes)),
      lineOf(listOf(room, row)),
    );
  }
  return note;
}

function lineOf(content) {
  const line = element("p");
  line.append(content);
  return line;
}

/** A button that leads the map to a cell; where there is no map, only its words. */
function approach({ map }, { cell, longitude, latitude }) {
  const words = positionInWords(longitude, latitude);
  if (map === null) return words;
  const button = element("button", words, { type: "button", className: "as-link" });
  button.addEventListener("click", () => {
    const ring = outlineOf(cell);
    const [longitudes, latitudes] = [0, 1].map((axis) => ring.map((position) => position[axis]));
    const box = [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
    map.fitBounds(box, CLOSER);
  });
  return button;
}

/** A link to the list of what lies in the cell; an area of the API's ends at the antimeridian, and so does the link. */
function listOf({ filters }, { cell, count }) {
  const outline = outlineOf(cell);
  if (outline.some(([longitude]) => longitude > 180)) return incidentsInWords(count);
  const query = filters.query();
  query.set("within", areaOf(outline, 6));
  return element("a", incidentsInWords(count), { href: `/incidents/?${query}` });
}

function named(point) {
  const cell = document.createDocumentFragment();
  const accuracy = accuracyInWords(point.accuracy_m);
  cell.append(linkOf(point), element("span", accuracy, { className: "quiet small map-part" }));
  return cell;
}

function linkOf({ reference }) {
  return element("a", reference, { href: `/incidents/${reference}/` });
}

function countsInWords({ filters }, outcomes) {
  return Object.entries(outcomes)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => counted(filters.words("outcome", outcome), count))
    .join(", ");
}

function categoriesInWords({ filters }, categories) {
  return categories.map((category) => filters.words("category", category)).join(", ") || gettext("No items");
}

function outcomesInWords({ filters }, outcomes) {
  return outcomes.map((outcome) => filters.words("outcome", outcome)).join(", ") || gettext("No finding");
}

const opened = await openRoom({
  changed: refresh,
  legend: (room) => {
    if (!room.showsSeizures()) return [];
    if (room.answer?.kind === "cells") return legendOfCells();
    return legendOfPoints((outcome) => room.filters.words("outcome", outcome));
  },
  shapes: (room) => room.seizures.shapes(),
});
opened.map?.on("moveend", settled(() => refresh(opened)));
opened.map?.on("click", ({ point, lngLat }) => {
  const [hit] = opened.map.queryRenderedFeatures(point, { layers: SeizureLayer.LAYERS });
  if (hit) opened.note(lngLat, noteOf(opened, opened.seizures.rowOf(hit)));
});
refresh(opened);
