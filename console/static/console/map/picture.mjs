/** The map as a picture to keep: with what it shows, of which day, under which filters, and what its colours mean. */

import { colourOf } from "./colours.mjs";

const SVG = "http://www.w3.org/2000/svg";
const LINE_PX = 20;
const EDGE_PX = 12;
const SWATCH_PX = 16;
const TEXT_PX = 13;
const FONT = 'system-ui, "Noto Sans", Arial, sans-serif';

/**
 * @typedef {object} Shape
 * @property {{type: string, coordinates: any}} geometry
 * @property {string} [fill]
 * @property {string} [stroke]
 * @property {number} [width]
 * @property {boolean} [isDashed]
 * @property {string} [title]
 */

/**
 * Make the buttons for pictures work.
 * @param {import("./room.mjs").Room} room
 * @param {() => Shape[]} shapes what lies on the map
 */
export function offerPictures(room, shapes) {
  const offers = {
    "as-svg": async () => saved(new Blob([written(drawing(room, shapes()))], { type: "image/svg+xml" }), "svg"),
    "as-png": async () => saved(await painted(photograph(room, await seen(room.map))), "png"),
  };
  for (const [id, save] of Object.entries(offers)) {
    const button = document.getElementById(id);
    button.hidden = false;
    button.addEventListener("click", save);
  }
}

/** Return the map's own canvas as an address, taken while it is drawn: afterwards it is empty. */
function seen(map) {
  return new Promise((resolve) => {
    map.once("render", () => resolve(map.getCanvas().toDataURL()));
    map.triggerRepaint();
  });
}

function photograph(room, address) {
  const { clientWidth: width, clientHeight: height } = room.map.getCanvas();
  const image = node("image", { href: address, width, height });
  return framed(room, [image], width, height);
}

function drawing(room, shapes) {
  const { map } = room;
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const land = map.queryRenderedFeatures({ layers: ["land"] }).map(({ geometry }) => ({
    geometry,
    fill: colourOf("land"),
    // Tiles meet without a seam only where each is drawn a little beyond its edge.
    stroke: colourOf("land"),
    width: 0.5,
  }));
  const drawn = [...land, ...shapes].map((shape) => path(map, shape));
  return framed(room, [node("rect", { width, height, fill: colourOf("water") }), ...drawn], width, height);
}

function path(map, { geometry, fill = "none", stroke = "none", width = 1, isDashed = false, title = "" }) {
  const attributes = { d: outline(map, geometry), fill, stroke, "stroke-width": width, "fill-rule": "evenodd" };
  const drawn = node("path", isDashed ? { ...attributes, "stroke-dasharray": "5 4" } : attributes);
  if (title) drawn.append(node("title", {}, title));
  return drawn;
}

function outline(map, { type, coordinates }) {
  if (type === "Point") {
    const [x, y] = placed(map, coordinates);
    return `M${x - 5},${y}a5,5 0 1 0 10,0a5,5 0 1 0 -10,0`;
  }
  if (type === "Arrow") return arrowhead(map, coordinates);
  const lines = { LineString: [coordinates], Polygon: coordinates, MultiPolygon: coordinates.flat() }[type] ?? [];
  const end = type === "LineString" ? "" : "Z";
  return lines.map((line) => `M${line.map((position) => placed(map, position).join(",")).join("L")}${end}`).join("");
}

/** A head in the middle of a line, pointing along it. */
function arrowhead(map, line) {
  const middle = Math.floor(line.length / 2);
  const [[x0, y0], [x, y]] = [line[middle - 1], line[middle]].map((position) => placed(map, position));
  const angle = Math.atan2(y - y0, x - x0);
  const corner = (along, across) => [
    x + along * Math.cos(angle) - across * Math.sin(angle),
    y + along * Math.sin(angle) + across * Math.cos(angle),
  ];
  return `M${[corner(9, 0), corner(-5, 7), corner(-5, -7)].map((each) => each.map(Math.round).join(",")).join("L")}Z`;
}

function placed(map, position) {
  const { x, y } = map.project(position);
  return [x, y].map((pixels) => Math.round(pixels * 10) / 10);
}

/** Return a drawing with its heading above the map, legend and notes below. */
function framed(room, content, width, height) {
  const heading = document.querySelector("h1").textContent;
  const told = [document.getElementById("told").textContent, room.filters.inWords().join(" · ")];
  const lines = told.filter(Boolean).flatMap((words) => broken(words, width - 2 * EDGE_PX));
  const notes = [
    interpolate(gettext("Made on %s."), [new Date().toISOString().slice(0, 10)]),
    gettext("Borders and names on this map imply no opinion on the status of any territory."),
  ];
  const legend = room.legend();
  const above = EDGE_PX + LINE_PX * (lines.length + 1.5);
  const below = LINE_PX * (legend.length + notes.length) + 2 * EDGE_PX;
  const whole = [width, above + height + below];
  const picture = node("svg", { xmlns: SVG, width: whole[0], height: whole[1], viewBox: `0 0 ${whole.join(" ")}` });
  picture.append(node("rect", { width: whole[0], height: whole[1], fill: colourOf("paper") }));
  picture.append(text(heading, width, EDGE_PX + LINE_PX, { "font-size": 18, "font-weight": 700 }));
  lines.forEach((line, number) => picture.append(text(line, width, EDGE_PX + LINE_PX * (number + 2.1))));
  // A drawing within a drawing cuts off what lies beside the map.
  const map = node("svg", { y: above, width, height, viewBox: `0 0 ${width} ${height}` });
  map.append(...content);
  picture.append(map);
  const line = (number) => above + height + LINE_PX * (number + 1);
  legend.forEach((entry, number) => picture.append(...entryOf(entry, width, line(number))));
  notes.forEach((note, number) => picture.append(text(note, width, line(legend.length + number), { "font-size": 12 })));
  return picture;
}

function entryOf({ shape, colour, words }, width, baseline) {
  const x = isFromRight() ? width - EDGE_PX - SWATCH_PX : EDGE_PX;
  const paint = colourOf(colour);
  const middle = baseline - 4;
  const swatches = {
    fill: () => node("rect", { x, y: middle - 6, width: SWATCH_PX, height: 12, fill: paint }),
    dot: () => node("circle", { cx: x + SWATCH_PX / 2, cy: middle, r: 5, fill: paint }),
    ring: () => node("circle", { cx: x + SWATCH_PX / 2, cy: middle, r: 5, fill: "none", stroke: paint, "stroke-dasharray": "3 2" }),
    line: () => node("path", { d: `M${x},${middle}h${SWATCH_PX}`, stroke: paint, "stroke-width": 3 }),
    dash: () => node("path", { d: `M${x},${middle}h${SWATCH_PX}`, stroke: paint, "stroke-width": 3, "stroke-dasharray": "5 3" }),
  };
  return [swatches[shape](), text(words, width, baseline, { inset: SWATCH_PX + 8 })];
}

function text(words, width, y, { inset = 0, ...attributes } = {}) {
  const direction = isFromRight() ? "rtl" : "ltr";
  const x = isFromRight() ? width - EDGE_PX - inset : EDGE_PX + inset;
  return node("text", { x, y, direction, fill: colourOf("ink"), "font-family": FONT, "font-size": TEXT_PX, ...attributes }, words);
}

/** Return words in lines that are no longer than so many pixels. */
function broken(words, most) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${TEXT_PX}px ${FONT}`;
  const lines = [""];
  for (const word of words.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function isFromRight() {
  return document.documentElement.dir === "rtl";
}

function node(name, attributes, words = "") {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  if (words) made.textContent = words;
  return made;
}

const written = (picture) => new XMLSerializer().serializeToString(picture);

/** Return a drawing as PNG, as dense as the screen. */
async function painted(picture) {
  const address = URL.createObjectURL(new Blob([written(picture)], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  const density = Math.max(1, window.devicePixelRatio);
  [canvas.width, canvas.height] = [image.width * density, image.height * density];
  const context = canvas.getContext("2d");
  context.scale(density, density);
  context.drawImage(image, 0, 0);
  URL.revokeObjectURL(address);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function saved(blob, ending) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `cordon-map-${new Date().toISOString().slice(0, 10)}.${ending}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
