/** The map beneath everything: land, borders and names from this server's own tiles, light and dark. */

import { Map, setWorkerUrl } from "../vendor/maplibre-gl.mjs";
import { coloursNow } from "./colours.mjs";
import { drawnLabel } from "./labels.mjs";

const LABEL = "label:";
const TILES = "/api/v1/map/tiles";
setWorkerUrl(new URL("../vendor/maplibre-gl-worker.mjs", import.meta.url).href);

/** Return whether this browser can draw the map at all. */
export function canDraw() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

/**
 * Return a source of tiles that this server draws.
 * @param {string} name
 * @param {number} [maxzoom] beyond it tiles are enlarged
 */
export function tilesOf(name, maxzoom = 8) {
  // Asked for by the worker, which knows no page that an address could be relative to.
  return { type: "vector", tiles: [`${location.origin}${TILES}/${name}/{z}/{x}/{y}.mvt`], maxzoom };
}

function sources() {
  const names = `${location.origin}/api/v1/map/labels.geojson?language=${document.documentElement.lang.slice(0, 2)}`;
  return { land: tilesOf("land"), borders: tilesOf("borders"), names: { type: "geojson", data: names } };
}

/**
 * Return the layers of the map beneath.
 * @param {import("./colours.mjs").Colours} colours
 */
function layersIn(colours) {
  return [
    { id: "water", type: "background", paint: { "background-color": colours.water } },
    {
      id: "land",
      type: "fill",
      source: "land",
      "source-layer": "land",
      paint: { "fill-color": colours.land, "fill-outline-color": colours.shore },
    },
    {
      id: "borders",
      type: "line",
      source: "borders",
      "source-layer": "borders",
      filter: ["!=", ["get", "kind"], "disputed"],
      paint: { "line-color": colours.border, "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.5] },
    },
    {
      id: "disputed",
      type: "line",
      source: "borders",
      "source-layer": "borders",
      filter: ["==", ["get", "kind"], "disputed"],
      paint: { "line-color": colours.disputed, "line-width": 1.5, "line-dasharray": [2, 2] },
    },
    {
      id: "names",
      type: "symbol",
      source: "names",
      layout: { "icon-image": ["concat", LABEL, ["get", "name"]], "symbol-sort-key": ["get", "minzoom"], "icon-padding": 4 },
    },
  ];
}

/**
 * Draw the map into an element.
 * @param {HTMLElement} element
 * @param {object} options what MapLibre takes for a map
 * @returns {Promise<{map: Map, coloured: (paint: (colours: import("./colours.mjs").Colours) => void) => void}>} `coloured` calls at once, and
 *   again whenever light turns to dark
 */
export async function drawMap(element, options) {
  let colours = coloursNow();
  const map = new Map({
    container: element,
    style: { version: 8, sources: sources(), layers: layersIn(colours) },
    attributionControl: false,
    maxZoom: 14,
    pitchWithRotate: false,
    dragRotate: false,
    touchPitch: false,
    locale: wordsOfControls(),
    ...options,
  });
  // Until nothing is missing: for whoever has the page read out, and for whoever takes its picture.
  map.on("dataloading", () => element.setAttribute("aria-busy", "true"));
  map.on("idle", () => element.setAttribute("aria-busy", "false"));
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setMissingStyleImageResolver((id) => {
    if (!id.startsWith(LABEL)) return;
    const density = window.devicePixelRatio;
    const picture = drawnLabel(id.slice(LABEL.length), { ink: colours.label, halo: colours.halo }, density);
    map.addImage(id, picture, { pixelRatio: density });
  });
  await map.once("style.load");

  const painters = [];
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colours = coloursNow();
    for (const layer of layersIn(colours))
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name, value);
    for (const id of map.listImages().filter((each) => each.startsWith(LABEL))) map.removeImage(id);
    for (const paint of painters) paint(colours);
  });
  return {
    map,
    coloured(paint) {
      painters.push(paint);
      paint(colours);
    },
  };
}

function wordsOfControls() {
  return {
    "Map.Title": gettext("Map"),
    "NavigationControl.ZoomIn": gettext("Zoom in"),
    "NavigationControl.ZoomOut": gettext("Zoom out"),
    "Popup.Close": gettext("Close"),
    "ScaleControl.Meters": gettext("m"),
    "ScaleControl.Kilometers": gettext("km"),
  };
}
