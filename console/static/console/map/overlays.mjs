/** Layers that a reader lays over the map: borders, belts, zones, ports. What is not asked for is not fetched. */

import { tilesOf } from "./basemap.mjs";

const BORDERS = ["borders", "disputed"];
/** What each further layer is made of; `below` is the layer under which it goes. */
const OVERLAYS = {
  maritime: {
    source: () => tilesOf("maritime"),
    layers: [{ id: "maritime", type: "line", "source-layer": "maritime", paint: { "line-width": 1, "line-dasharray": [4, 2] } }],
    colours: { maritime: { "line-color": "maritime" } },
    legend: { shape: "dash", colour: "maritime", words: () => gettext("Maritime belts: computed, no official limits") },
  },
  zones: {
    source: () => tilesOf("zones"),
    layers: [
      { id: "zones", type: "fill", "source-layer": "zones", paint: { "fill-opacity": 0.15 } },
      { id: "zone-edges", type: "line", "source-layer": "zones", paint: { "line-width": 1.5 } },
    ],
    colours: { zones: { "fill-color": "zone" }, "zone-edges": { "line-color": "zone" } },
    legend: { shape: "line", colour: "zone", words: () => gettext("Imported zones") },
  },
  ports: {
    source: () => ({ type: "geojson", data: `${location.origin}/api/v1/map/ports.geojson` }),
    layers: [
      {
        id: "ports",
        type: "circle",
        paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 1, 8, 4], "circle-stroke-width": 1 },
      },
    ],
    colours: { ports: { "circle-color": "port", "circle-stroke-color": "point-edge" } },
    legend: { shape: "dot", colour: "port", words: () => gettext("Ports") },
  },
};

/** The menu of layers and what it has switched on. */
export class Overlays {
  #map;
  #coloured;
  #boxes;

  /**
   * @param {import("../vendor/maplibre-gl.mjs").Map} map
   * @param {(paint: (colours: Record<string, string>) => void) => void} coloured
   * @param {HTMLElement} menu
   * @param {() => void} changed called after a layer came or went
   */
  constructor(map, coloured, menu, changed) {
    this.#map = map;
    this.#coloured = coloured;
    this.#boxes = [...menu.querySelectorAll("input")];
    menu.hidden = false;
    menu.addEventListener("change", ({ target }) => {
      this.#switch(target.value, target.checked);
      changed();
    });
    // A browser keeps what was ticked when a page is loaded again.
    for (const box of this.#boxes) this.#switch(box.value, box.checked);
  }

  /** @param {string} name */
  isOn(name) {
    return this.#boxes.some((box) => box.value === name && box.checked);
  }

  /** Return the legend of the layers that are on. */
  legend() {
    return Object.entries(OVERLAYS)
      .filter(([name]) => this.isOn(name))
      .map(([, { legend }]) => ({ ...legend, words: legend.words() }));
  }

  #switch(name, isOn) {
    if (name === "borders") for (const layer of BORDERS) this.#show(layer, isOn);
    const overlay = OVERLAYS[name];
    if (overlay === undefined) return;
    if (this.#map.getSource(name)) for (const { id } of overlay.layers) this.#show(id, isOn);
    else if (isOn) this.#add(name, overlay);
  }

  #show(layer, isOn) {
    this.#map.setLayoutProperty(layer, "visibility", isOn ? "visible" : "none");
  }

  #add(name, { source, layers, colours }) {
    this.#map.addSource(name, source());
    for (const layer of layers) this.#map.addLayer({ ...layer, source: name }, "names");
    this.#coloured((all) => {
      for (const [layer, paint] of Object.entries(colours))
        for (const [property, colour] of Object.entries(paint)) this.#map.setPaintProperty(layer, property, all[colour]);
    });
  }
}
