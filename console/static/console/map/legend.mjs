/** What the colours and lines mean: on the page, and again in every picture of it. */

import { element } from "./said.mjs";

/**
 * @typedef {object} Entry
 * @property {"fill" | "dot" | "line" | "dash" | "ring"} shape
 * @property {string} colour by its name in the style sheet
 * @property {string} words
 */

/** @param {Entry[]} entries */
export function writeLegend(entries) {
  const rows = entries.map(({ shape, colour, words }) => {
    const row = element("li", words);
    const swatch = element("span", "", { className: `swatch swatch-${shape}` });
    swatch.style.setProperty("--swatch", `var(--map-${colour})`);
    row.prepend(swatch);
    return row;
  });
  document.getElementById("legend").replaceChildren(...rows);
}
