/** Incidents on the map: cells with counts, or single points with what is doubtful of their position. */

import { cellToBoundary } from "../vendor/h3.mjs";
import { colourOf } from "./colours.mjs";
import { ringAround } from "./geodesy.mjs";
import { incidentsInWords } from "./said.mjs";

/** @typedef {{cell: string, count: number, uncertain: number, outcomes: Record<string, number>, longitude: number, latitude: number}} Cell */
/** @typedef {{reference: string, longitude: number, latitude: number, accuracy_m: number | null, occurred_on: string | null, categories: string[], outcomes: string[]}} Point */

/** From how many incidents on a cell has which colour. */
const STEPS = [
  [1000, "cell-most"],
  [100, "cell-many"],
  [10, "cell-some"],
  [0, "cell-few"],
];
// In more cells than these there is no room for numbers, and smoothing their edges takes longer than all the rest.
const [MOST_NUMBERED, MOST_SMOOTH] = [200, 60];
// Of its width a cell leaves so much to what lies between it and the next.
const GAP = 0.06;
const stepOf = (count) => STEPS.find(([least]) => count >= least);
const NONE = { type: "FeatureCollection", features: [] };
// The one that weighs most gives a point its colour.
const BY_WEIGHT = ["indicated", "possible", "exemption_claimed"];
const COLOUR = { indicated: "indicated", possible: "possible", exemption_claimed: "exemption" };

// Whoever pans meets most cells again.
const MOST_OUTLINES = 20_000;
/** @type {Map<string, [number, number][]>} */
const outlines = new Map();

/** Return the legend of what is shown. */
export function legendOfCells() {
  return [
    { shape: "fill", colour: "cell-few", words: gettext("1 to 9 incidents") },
    { shape: "fill", colour: "cell-some", words: gettext("10 to 99") },
    { shape: "fill", colour: "cell-many", words: gettext("100 to 999") },
    { shape: "fill", colour: "cell-most", words: gettext("1,000 and more") },
  ];
}

/** @param {(outcome: string) => string} words */
export function legendOfPoints(words) {
  return [
    ...BY_WEIGHT.map((outcome) => ({ shape: "dot", colour: COLOUR[outcome], words: words(outcome) })),
    { shape: "dot", colour: "none", words: gettext("No finding") },
    { shape: "ring", colour: "doubt", words: gettext("How exactly the place is known") },
  ];
}

/**
 * Return the outline of a cell; one that crosses the antimeridian stays in one piece.
 * @param {string} cell
 */
export function outlineOf(cell) {
  let ring = outlines.get(cell);
  if (!ring) {
    if (outlines.size > MOST_OUTLINES) outlines.clear();
    outlines.set(cell, (ring = unbroken(cellToBoundary(cell, true))));
  }
  return ring;
}

function unbroken(ring) {
  const longitudes = ring.map(([longitude]) => longitude);
  if (Math.max(...longitudes) - Math.min(...longitudes) <= 180) return ring;
  return ring.map(([longitude, latitude]) => [longitude < 0 ? longitude + 360 : longitude, latitude]);
}

/** The layers of incidents on one map. */
export class SeizureLayer {
  #map;
  #answer = null;

  /**
   * @param {import("../vendor/maplibre-gl.mjs").Map} map
   * @param {(paint: (colours: Record<string, string>) => void) => void} coloured
   */
  constructor(map, coloured) {
    this.#map = map;
    for (const source of ["cells", "middles", "points", "accuracy", "chosen"])
      map.addSource(source, { type: "geojson", data: NONE, tolerance: 0 });
    // A layer of one colour for each step, which hides what lies below: a graphics card, and more so a computer without one,
    // draws that in half the time that many colours take which let the land shine through. Borders lie above.
    for (const [least, colour] of STEPS)
      map.addLayer({ id: colour, type: "fill", source: "cells", filter: ["==", ["get", "least"], least] }, "borders");
    map.addLayer({ id: "accuracy", type: "line", source: "accuracy", paint: { "line-dasharray": [3, 2] } });
    map.addLayer({ id: "points", type: "circle", source: "points", paint: { "circle-radius": 6 } });
    map.addLayer({
      id: "counts",
      type: "symbol",
      source: "middles",
      layout: { "text-field": ["get", "words"], "text-size": 13, "text-font": ["sans-serif"] },
    });
    map.addLayer({ id: "chosen-cell", type: "line", source: "chosen", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-width": 3 } });
    map.addLayer({ id: "chosen-point", type: "circle", source: "chosen", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 11 } });
    coloured((colours) => this.#paint(colours));
    // Asked while nothing moves alone: among thousands of cells it takes long to find what lies below the pointer.
    map.on("mousemove", ({ point }) => {
      if (map.isMoving()) return;
      const isOver = map.queryRenderedFeatures(point, { layers: SeizureLayer.LAYERS }).length > 0;
      map.getCanvas().style.cursor = isOver ? "pointer" : "";
    });
  }

  /** Return the layers that a press may hit. */
  static LAYERS = ["points", ...STEPS.map(([, colour]) => colour)];

  /**
   * Show what the API answered; null for nothing.
   * @param {any} answer
   */
  show(answer) {
    this.#answer = answer;
    const [cells, points] = ["cells", "points"].map((kind) => this.#rows(kind));
    this.#write("cells", cells, (row) => [
      { type: "Polygon", coordinates: [shrunk(outlineOf(row.cell), row)] },
      { cell: row.cell, least: stepOf(row.count)[0] },
    ]);
    for (const [, colour] of STEPS) this.#map.setPaintProperty(colour, "fill-antialias", cells.length <= MOST_SMOOTH);
    const numbered = cells.length <= MOST_NUMBERED ? cells : [];
    this.#write("middles", numbered, (cell) => [at(cell), { words: inShort(cell.count), count: cell.count }]);
    this.#write("points", points, (point) => [at(point), { reference: point.reference, outcome: weightiest(point) }]);
    const doubtful = points.filter((point) => point.accuracy_m > 0);
    this.#write("accuracy", doubtful, (point) => [
      { type: "LineString", coordinates: ringAround([point.longitude, point.latitude], point.accuracy_m) },
      {},
    ]);
  }

  /**
   * Mark one row on the map; null for none.
   * @param {Cell | Point | null} row
   */
  choose(row) {
    const geometry = row && (row.cell ? { type: "Polygon", coordinates: [outlineOf(row.cell)] } : at(row));
    this.#write("chosen", geometry ? [geometry] : [], (shape) => [shape, {}]);
  }

  /**
   * Return the row that a feature of the map stands for.
   * @param {{properties: Record<string, string>}} feature
   */
  rowOf({ properties }) {
    if (properties.reference) return this.#answer.points.find((each) => each.reference === properties.reference);
    return this.#answer.cells.find((each) => each.cell === properties.cell);
  }

  /**
   * Return what is shown, to be drawn elsewhere.
   * @returns {import("./picture.mjs").Shape[]}
   */
  shapes() {
    const cells = this.#rows("cells").map(({ cell, count }) => ({
      geometry: { type: "Polygon", coordinates: [outlineOf(cell)] },
      fill: colourOf(stepOf(count)[1]),
      stroke: colourOf("cell-edge"),
      title: incidentsInWords(count),
    }));
    const points = this.#rows("points").map((point) => ({
      geometry: at(point),
      fill: colourOf(COLOUR[weightiest(point)] ?? "none"),
      stroke: colourOf("point-edge"),
      title: point.reference,
    }));
    return [...cells, ...points];
  }

  #rows(kind) {
    return this.#answer?.kind === kind ? this.#answer[kind] : [];
  }

  #write(source, rows, featureOf) {
    const features = rows.map((row) => {
      const [geometry, properties] = featureOf(row);
      return { type: "Feature", geometry, properties };
    });
    this.#map.getSource(source).setData({ type: "FeatureCollection", features });
  }

  #paint(colours) {
    const count = ["get", "count"];
    const outcome = ["match", ["get", "outcome"], ...Object.entries(COLOUR).flatMap(([name, colour]) => [name, colours[colour]])];
    const paints = {
      ...Object.fromEntries(STEPS.map(([, colour]) => [colour, { "fill-color": colours[colour] }])),
      accuracy: { "line-color": colours.doubt },
      points: { "circle-color": [...outcome, colours.none], "circle-stroke-color": colours["point-edge"], "circle-stroke-width": 1.5 },
      counts: { "text-color": ["step", count, colours["cell-ink"], 100, colours["cell-ink-most"]] },
      "chosen-cell": { "line-color": colours.area },
      "chosen-point": { "circle-color": "transparent", "circle-stroke-color": colours.area, "circle-stroke-width": 3 },
    };
    for (const [layer, paint] of Object.entries(paints))
      for (const [name, value] of Object.entries(paint)) this.#map.setPaintProperty(layer, name, value);
  }
}

/** Return an outline drawn in towards the middle of its cell. */
function shrunk(ring, { longitude, latitude }) {
  const middle = longitude + Math.round((ring[0][0] - longitude) / 360) * 360;
  return ring.map(([x, y]) => [x - (x - middle) * GAP, y - (y - latitude) * GAP]);
}

function at({ longitude, latitude }) {
  return { type: "Point", coordinates: [longitude, latitude] };
}

function weightiest({ outcomes }) {
  return BY_WEIGHT.find((outcome) => outcomes.includes(outcome)) ?? "";
}

function inShort(count) {
  return count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`;
}
