/** Names on the map, drawn by the browser's own text engine: every script it can write, Arabic joined and from the right. */

const FONT = '600 13px system-ui, "Noto Sans", Arial, sans-serif';
const HALO_PX = 2;
const LINE_PX = 20;

/**
 * Return a name as a picture, at the density of the screen.
 * @param {string} name
 * @param {{ink: string, halo: string}} colours
 * @param {number} [density]
 * @returns {ImageData}
 */
export function drawnLabel(name, { ink, halo }, density = window.devicePixelRatio) {
  const canvas = document.createElement("canvas");
  // Drawn where it is read from: fetched back from a graphics card, each name would hold up the page.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.font = FONT;
  canvas.width = Math.ceil((context.measureText(name).width + 2 * HALO_PX) * density);
  canvas.height = Math.ceil(LINE_PX * density);
  // A canvas that was given a size has forgotten the rest.
  context.font = FONT;
  context.scale(density, density);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 2 * HALO_PX;
  context.textAlign = "center";
  const middle = [canvas.width / density / 2, LINE_PX / 2];
  context.strokeStyle = halo;
  context.strokeText(name, ...middle);
  context.fillStyle = ink;
  context.fillText(name, ...middle);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
