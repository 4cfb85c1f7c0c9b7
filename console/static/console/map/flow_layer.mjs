/** Flows on the map: a bowed line for each leg, as wide as there are incidents, dashed where it is only said. */

import { colourOf } from "./colours.mjs";
import { bow } from "./geodesy.mjs";

/**
 * @typedef {object} Leg
 * @property {string} from
 * @property {string} to
 * @property {string} leg
 * @property {number | null} incidents null where withheld
 * @property {number | null} arms
 * @property {number} without_count
 * @property {string | null} first_on
 * @property {string | null} last_on
 * @property {Record<string, number>} categories
 * @property {Record<string, number>} sureness
 * @property {[number, number] | null} from_position
 * @property {[number, number] | null} to_position
 * @property {string} incidents_url
 */

const NARROWEST_PX = 2;
const WIDEST_PX = 12;
// How much wider a line gets each time there are twice as many incidents.
const BY_DOUBLING_PX = 1.5;
const ARROW = "arrow";
const ARROW_PX = 32;
const LINES = ["stated-legs", "sure-legs"];
const NONE = { type: "FeatureCollection", features: [] };
// What somebody saw or has papers for; the rest is what somebody says.
const SURE = ["observed", "documents"];

/** @param {Leg} leg */
export const isOnlyStated = ({ sureness }) => !SURE.some((basis) => sureness[basis] > 0);

export class FlowLayer {
  #map;
  #legs = [];
  #colourOfLeg = () => "leg-other";

  /** Layers that a press may hit: a finger needs more than the line. */
  static LAYERS = ["leg-reach"];

  /**
   * @param {import("../vendor/maplibre-gl.mjs").Map} map
   * @param {(paint: (colours: Record<string, string>) => void) => void} coloured
   */
  constructor(map, coloured) {
    this.#map = map;
    map.addImage(ARROW, arrowhead(), { sdf: true, pixelRatio: 2 });
    map.addSource("legs", { type: "geojson", data: NONE, tolerance: 0 });
    const width = ["get", "width"];
    const isStated = ["get", "isStated"];
    const line = { type: "line", source: "legs", layout: { "line-cap": "round" } };
    map.addLayer({ ...line, id: "leg-reach", paint: { "line-width": 18, "line-opacity": 0 } });
    map.addLayer({ ...line, id: "chosen-leg", paint: { "line-width": ["+", width, 6] } });
    const dashed = { "line-width": width, "line-dasharray": [1.5, 1] };
    map.addLayer({ ...line, id: "stated-legs", layout: {}, filter: isStated, paint: dashed });
    map.addLayer({ ...line, id: "sure-legs", filter: ["!", isStated], paint: { "line-width": width } });
    map.addLayer({
      id: "leg-arrows",
      type: "symbol",
      source: "legs",
      layout: {
        "symbol-placement": "line-center",
        "icon-image": ARROW,
        "icon-size": ["interpolate", ["linear"], width, NARROWEST_PX, 1, WIDEST_PX, 2.6],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    });
    this.choose(null);
    coloured(() => this.#paint());
    map.on("mouseenter", "leg-reach", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "leg-reach", () => (map.getCanvas().style.cursor = ""));
  }

  /**
   * Draw legs.
   * @param {Leg[]} legs
   * @param {(leg: Leg) => string} colourOfLeg names the colour of each
   */
  show(legs, colourOfLeg) {
    this.#legs = legs.filter((leg) => leg.from_position && leg.to_position && leg.incidents);
    this.#colourOfLeg = colourOfLeg;
    this.#paint();
  }

  /** @param {Leg | null} leg marked, or null for none */
  choose(leg) {
    this.#map.setFilter("chosen-leg", ["==", ["get", "number"], leg === null ? -1 : this.#legs.indexOf(leg)]);
  }

  /** @param {{properties: {number: number}}} feature */
  rowOf({ properties }) {
    return this.#legs[properties.number];
  }

  /**
   * Return the middle of a leg's line; null where it is not drawn.
   * @param {Leg} leg
   */
  middleOf(leg) {
    if (!this.#legs.includes(leg)) return null;
    const line = bow(leg.from_position, leg.to_position);
    return line[Math.floor(line.length / 2)];
  }

  /** @returns {import("./picture.mjs").Shape[]} */
  shapes() {
    return this.#legs.flatMap((leg) => {
      const line = bow(leg.from_position, leg.to_position);
      const stroke = colourOf(this.#colourOfLeg(leg));
      const drawn = { geometry: { type: "LineString", coordinates: line }, stroke };
      const named = { width: widthOf(leg), isDashed: isOnlyStated(leg), title: `${leg.from} → ${leg.to}: ${leg.incidents}` };
      return [{ ...drawn, ...named }, { ...drawn, geometry: { type: "Arrow", coordinates: line }, fill: stroke }];
    });
  }

  #paint() {
    const features = this.#legs.map((leg, number) => ({
      type: "Feature",
      geometry: { type: "LineString", coordinates: bow(leg.from_position, leg.to_position) },
      properties: { number, width: widthOf(leg), isStated: isOnlyStated(leg), colour: colourOf(this.#colourOfLeg(leg)) },
    }));
    this.#map.getSource("legs").setData({ type: "FeatureCollection", features });
    const colour = ["to-color", ["get", "colour"]];
    for (const layer of LINES) this.#map.setPaintProperty(layer, "line-color", colour);
    this.#map.setPaintProperty("leg-arrows", "icon-color", colour);
    this.#map.setPaintProperty("leg-arrows", "icon-halo-color", colourOf("halo"));
    this.#map.setPaintProperty("leg-arrows", "icon-halo-width", 1);
    this.#map.setPaintProperty("chosen-leg", "line-color", colourOf("chosen"));
  }
}

/** Return how wide a leg is drawn: the same for as many incidents, whatever lies beside it. */
function widthOf({ incidents }) {
  return Math.min(WIDEST_PX, NARROWEST_PX + BY_DOUBLING_PX * Math.log2(incidents));
}

/** Return a head that points along its line. */
function arrowhead() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = ARROW_PX;
  const context = canvas.getContext("2d");
  context.beginPath();
  context.moveTo(6, 6);
  context.lineTo(26, 16);
  context.lineTo(6, 26);
  context.closePath();
  context.fill();
  return context.getImageData(0, 0, ARROW_PX, ARROW_PX);
}
