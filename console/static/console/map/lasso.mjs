/** An area of the reader's own: drawn by hand, or what the map shows. It is the filter `within`. */

import { TerraDraw, TerraDrawFreehandMode } from "../vendor/terra-draw.mjs";
import { TerraDrawMapLibreGLAdapter } from "../vendor/terra-draw-maplibre-gl-adapter.mjs";

// An area stands in addresses, which servers and proxies cut off.
const MOST_CORNERS = 60;
// A hundred metres: no hand draws finer.
const DECIMALS = 3;

/**
 * Return an area as the API reads it; of a long line every so many corners are kept.
 * @param {[number, number][]} ring closed
 * @param {number} [decimals]
 */
export function areaOf(ring, decimals = DECIMALS) {
  const every = Math.ceil((ring.length - 1) / MOST_CORNERS);
  const kept = ring.slice(0, -1).filter((_, corner) => corner % every === 0);
  const placed = kept.map((position) => position.map((degrees) => Number(degrees.toFixed(decimals))));
  // A hand that rests draws the same corner again and again.
  const rounded = placed.filter((position, corner) => String(position) !== String(placed[corner - 1]));
  return JSON.stringify({ type: "Polygon", coordinates: [[...rounded, rounded[0]]] });
}

export class Lasso {
  #map;
  #filters;
  #draw = null;
  #button = document.getElementById("lasso");
  #clear = document.getElementById("clear-area");

  /**
   * @param {import("../vendor/maplibre-gl.mjs").Map} map
   * @param {(paint: (colours: Record<string, string>) => void) => void} coloured
   * @param {import("./filters.mjs").Filters} filters
   */
  constructor(map, coloured, filters) {
    this.#map = map;
    this.#filters = filters;
    map.addSource("area", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addLayer({ id: "area", type: "line", source: "area", paint: { "line-width": 2.5 } });
    coloured((colours) => map.setPaintProperty("area", "line-color", colours.area));
    this.#button.addEventListener("click", () => (this.#draw === null ? this.#begin() : this.#end()));
    this.#clear.addEventListener("click", () => filters.set({ within: "" }));
    const ofView = document.getElementById("area-of-view");
    ofView.addEventListener("click", () => this.#takeView());
    for (const button of [this.#button, ofView]) button.hidden = false;
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#end());
    this.show();
  }

  /** Show the area that the filters ask for. */
  show() {
    const asked = this.#filters.value("within");
    this.#clear.hidden = asked === "";
    this.#map.getSource("area").setData(readArea(asked) ?? { type: "FeatureCollection", features: [] });
  }

  #begin() {
    const line = coloursOfLine();
    const mode = new TerraDrawFreehandMode({ drawInteraction: "click-drag", minDistance: 8, styles: line });
    const adapter = new TerraDrawMapLibreGLAdapter({ map: this.#map });
    this.#draw = new TerraDraw({ adapter, modes: [mode] });
    this.#draw.start();
    this.#draw.setMode("freehand");
    this.#draw.on("finish", (id) => {
      const drawn = this.#draw.getSnapshotFeature(id);
      this.#end();
      this.#filters.set({ within: areaOf(drawn.geometry.coordinates[0]) });
    });
    this.#button.setAttribute("aria-pressed", "true");
  }

  #end() {
    this.#draw?.stop();
    this.#draw = null;
    this.#button.setAttribute("aria-pressed", "false");
  }

  #takeView() {
    const [west, south, east, north] = this.#map.getBounds().toArray().flat();
    const [left, right] = [Math.max(-180, west), Math.min(180, east)];
    const [bottom, top] = [Math.max(-90, south), Math.min(90, north)];
    this.#filters.set({ within: areaOf([[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]) });
  }
}

function readArea(text) {
  try {
    return JSON.parse(text);
  } catch {
    // Empty, or typed into the address by hand: the API says what is wrong with it.
    return null;
  }
}

function coloursOfLine() {
  return { fillColor: "#0b5394", fillOpacity: 0.12, outlineColor: "#0b5394", outlineWidth: 2 };
}
