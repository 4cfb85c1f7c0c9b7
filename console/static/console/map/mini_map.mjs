/**
 * A small map of one place, in a form or on a record.
 *
 *     <div class="mini-map" data-longitude="52.3" data-latitude="15.2" data-accuracy-m="150000" data-pin="false">
 *       what is shown where no map can be drawn
 *     </div>
 *
 * The page loads map.css, maplibre-gl.css and the sentences (console:words). With `data-pin="true"` a reader sets the
 * place, by pointing, by dragging the pin, or with the button for the middle of the map; each time the element sends
 * `pinned`, whose detail has longitude and latitude. The map follows when somebody else writes the three attributes.
 */

import { Marker, NavigationControl } from "../vendor/maplibre-gl.mjs";
import { canDraw, drawMap } from "./basemap.mjs";
import { ringAround } from "./geodesy.mjs";

const WORLD = { center: [20, 15], zoom: 0.6 };
const CLOSEST_ZOOM = 9;
const DECIMALS = 5;

/** @param {HTMLElement} element */
function placeOf(element) {
  const [longitude, latitude] = [element.dataset.longitude, element.dataset.latitude].map(Number.parseFloat);
  return Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : null;
}

/**
 * Draw the map in place of what the element holds; for elements that a page adds later.
 * @param {HTMLElement} element
 */
export async function drawMiniMap(element) {
  const box = document.createElement("div");
  box.className = "mini-map-box";
  element.replaceChildren(box);
  const isPinned = element.dataset.pin === "true";
  const { map, coloured } = await drawMap(box, { ...WORLD, cooperativeGestures: false, scrollZoom: isPinned });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addSource("accuracy", { type: "geojson", data: shapeOf(null, 0) });
  map.addLayer({ id: "accuracy", type: "fill", source: "accuracy" });
  map.addLayer({ id: "accuracy-edge", type: "line", source: "accuracy", paint: { "line-dasharray": [3, 2] } });
  coloured((colours) => {
    map.setPaintProperty("accuracy", "fill-color", colours.doubt);
    map.setPaintProperty("accuracy", "fill-opacity", 0.2);
    map.setPaintProperty("accuracy-edge", "line-color", colours.doubt);
  });

  const pin = document.createElement("div");
  pin.className = "map-pin";
  const marker = new Marker({ element: pin, draggable: isPinned, anchor: "bottom" });
  const show = () => {
    const place = placeOf(element);
    const accuracy_m = Number.parseFloat(element.dataset.accuracyM) || 0;
    map.getSource("accuracy").setData(shapeOf(place, accuracy_m));
    if (place === null) marker.remove();
    else marker.setLngLat(place).addTo(map);
    if (place !== null && !map.getBounds().contains(place)) look(map, place, accuracy_m);
  };
  const first = placeOf(element);
  if (first !== null) look(map, first, Number.parseFloat(element.dataset.accuracyM) || 0);
  show();
  new MutationObserver(show).observe(element, {
    attributeFilter: ["data-longitude", "data-latitude", "data-accuracy-m"],
  });
  if (isPinned) letPin(element, map, marker);
}

/**
 * Let the reader set the place.
 * @param {HTMLElement} element
 */
function letPin(element, map, marker) {
  const pinAt = (position) => {
    const { lng, lat } = position.wrap();
    const [longitude, latitude] = [lng, lat].map((degrees) => Number(degrees.toFixed(DECIMALS)));
    // How well the earlier place was known says nothing of this one.
    delete element.dataset.accuracyM;
    Object.assign(element.dataset, { longitude, latitude });
    element.dispatchEvent(new CustomEvent("pinned", { bubbles: true, detail: { longitude, latitude } }));
  };
  map.on("click", (event) => pinAt(event.lngLat));
  marker.on("dragend", () => pinAt(marker.getLngLat()));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "light";
  button.textContent = gettext("Put the pin in the middle of the map");
  button.addEventListener("click", () => pinAt(map.getCenter()));
  const cross = document.createElement("div");
  cross.className = "map-cross";
  element.firstElementChild.append(cross);
  element.append(button);
}

function look(map, place, accuracy_m) {
  if (accuracy_m <= 0) return map.jumpTo({ center: place, zoom: 6 });
  const ring = ringAround(place, accuracy_m);
  const [longitudes, latitudes] = [0, 1].map((axis) => ring.map((position) => position[axis]));
  const box = [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
  return map.fitBounds(box, { padding: 24, maxZoom: CLOSEST_ZOOM, animate: false });
}

function shapeOf(place, accuracy_m) {
  const isRound = place !== null && accuracy_m > 0;
  return { type: "Polygon", coordinates: isRound ? [ringAround(place, accuracy_m)] : [] };
}

if (canDraw()) for (const element of document.querySelectorAll(".mini-map")) drawMiniMap(element);
