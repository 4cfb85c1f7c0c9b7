/** What both maps of the room share: the map itself, its filters, area, time, layers, legend and pictures. */

import { NavigationControl, Popup, ScaleControl } from "../vendor/maplibre-gl.mjs";
import { Latest } from "./api.mjs";
import { canDraw, drawMap } from "./basemap.mjs";
import { Filters } from "./filters.mjs";
import { writeLegend } from "./legend.mjs";
import { Overlays } from "./overlays.mjs";
import { Lasso } from "./lasso.mjs";
import { offerPictures } from "./picture.mjs";
import { SeizureLayer } from "./seizures.mjs";
import { TimeBar } from "./time_bar.mjs";

const WORLD = [-170, -55, 179, 75];
const NOTHING = { kind: "points", points: [], total: 0, without_position: 0 };
const SETTLED_MS = 150;
const DECIMALS = 4;

/** Return what is to happen once calls have ceased for a moment. */
export function settled(act) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, SETTLED_MS);
  };
}

/** @param {string} sentence */
export function tell(sentence) {
  document.getElementById("told").textContent = sentence;
}

/** The box that an address asks to see; the whole world where it asks for none. */
function firstView() {
  const asked = (new URLSearchParams(location.search).get("bbox") ?? "").split(",").map(Number);
  const isBox = asked.length === 4 && asked.every(Number.isFinite);
  // West beyond east crosses the antimeridian.
  return isBox ? [asked[0], asked[1], asked[2] < asked[0] ? asked[2] + 360 : asked[2], asked[3]] : WORLD;
}

/**
 * Open the room. What changes with filters and layers is the page's own.
 * @param {object} page
 * @param {(room: Room) => void} page.changed called when filters or layers did
 * @param {(room: Room) => import("./legend.mjs").Entry[]} page.legend
 * @param {(room: Room) => import("./picture.mjs").Shape[]} page.shapes
 * @returns {Promise<Room>}
 */
export async function openRoom({ changed, legend, shapes }) {
  const room = new Room();
  // Filters write their own query into the address.
  const bounds = firstView();
  room.filters = new Filters(document.getElementById("filters"), () => {
    room.lasso?.show();
    room.time.show();
    changed(room);
  });
  room.time = new TimeBar(room.filters);
  const element = document.getElementById("map");
  if (!canDraw()) {
    element.remove();
    document.getElementById("no-map").hidden = false;
    return room;
  }
  const { map, coloured } = await drawMap(element, { bounds });
  room.map = map;
  room.coloured = coloured;
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  room.seizures = new SeizureLayer(map, coloured);
  room.lasso = new Lasso(map, coloured, room.filters);
  room.overlays = new Overlays(map, coloured, document.getElementById("layers"), () => changed(room));
  room.legend = () => [...legend(room), ...room.overlays.legend()];
  offerPictures(room, () => shapes(room));
  return room;
}

/** What a page of the room works with. */
class Room {
  #latest = new Latest();
  /** @type {Filters} */
  filters;
  /** @type {TimeBar} */
  time;
  /** @type {import("../vendor/maplibre-gl.mjs").Map | null} null where none can be drawn, as all below */
  map = null;
  coloured = null;
  /** What the API answered last. */
  answer = null;
  /** @type {SeizureLayer | null} */
  seizures = null;
  /** @type {import("./flow_layer.mjs").FlowLayer | null} */
  flows = null;
  /** @type {Lasso | null} */
  lasso = null;
  /** @type {Overlays | null} */
  overlays = null;

  /** Return what the colours mean now. */
  legend = () => [];

  /** Write the legend anew. */
  writeLegend() {
    writeLegend(this.legend());
  }

  /**
   * Read how many incidents lie where in the view, and lay them on the map; nothing where they are not wanted.
   * @param {(answer: any) => void} [show] called with what came
   */
  readSeizures(show = () => {}) {
    const laid = (answer) => {
      this.seizures?.show(answer);
      show(answer);
    };
    if (!this.showsSeizures()) {
      this.#latest.stop();
      laid(NOTHING);
      return;
    }
    const query = this.filters.query();
    for (const [name, value] of Object.entries(this.view())) query.set(name, value);
    this.#latest.read(`/api/v1/map/cells?${query}`, laid, tell);
  }

  /** Return whether seizures are to be shown by place. */
  showsSeizures() {
    return this.overlays === null || this.overlays.isOn("seizures");
  }

  /**
   * Return the part of the query that says what is looked at; the world where no map is drawn.
   * @returns {Record<string, string>}
   */
  view() {
    if (this.map === null) return { bbox: "-180,-90,180,90", zoom: "2" };
    // A small screen shows more than one Earth at zoom 0.
    const zoom = String(Math.max(0, Math.floor(this.map.getZoom())));
    const [west, south, east, north] = this.map.getBounds().toArray().flat();
    const [left, right] = east - west >= 360 ? [-180, 180] : [onEarth(west), onEarth(east)];
    const edges = [left, Math.max(-90, south), right, Math.min(90, north)];
    return { bbox: edges.map((degrees) => Number(degrees.toFixed(DECIMALS))).join(","), zoom };
  }

  /**
   * Open a note on the map.
   * @param {[number, number]} position
   * @param {Node} content
   */
  note(position, content) {
    new Popup({ maxWidth: "20rem" }).setLngLat(position).setDOMContent(content).addTo(this.map);
  }
}

const onEarth = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;
