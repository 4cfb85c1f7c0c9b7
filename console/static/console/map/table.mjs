/** The same as the map shows, in rows: for the keyboard, for screen readers, and where no map can be drawn. */

import { element, inDigits } from "./said.mjs";

const MOST_ROWS = 100;

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: any) => string | Node} show
 * @property {boolean} [isNumber]
 * @property {boolean} [isWhole] never broken into lines
 */

/**
 * Write rows into the table of the page.
 * @param {Column[]} columns the first names the row
 * @param {any[]} rows
 * @param {(row: any | null) => void} point called with the row that is looked at, and with null when none is any more
 */
export function writeTable(columns, rows, point) {
  const table = document.getElementById("table");
  const head = element("tr");
  head.append(...columns.map(({ title, isNumber }) => heading(title, "col", isNumber)));
  const body = element("tbody");
  body.append(...rows.slice(0, MOST_ROWS).map((row) => lineOf(columns, row, point)));
  const thead = element("thead");
  thead.append(head);
  table.replaceChildren(...(rows.length ? [thead, body] : []));
  const left = rows.length - MOST_ROWS;
  document.getElementById("rest").textContent =
    left > 0
      ? interpolate(ngettext("%s more row. Zoom in to see it.", "%s more rows. Zoom in to see them.", left), [
          inDigits(left),
        ])
      : "";
}

function lineOf(columns, row, point) {
  const line = element("tr");
  columns.forEach(({ show, isNumber, isWhole }, number) => {
    const cell = number === 0 ? heading("", "row") : element("td");
    cell.classList.toggle("number", Boolean(isNumber));
    cell.classList.toggle("whole", Boolean(isWhole));
    cell.append(show(row));
    line.append(cell);
  });
  for (const event of ["mouseenter", "focusin"]) line.addEventListener(event, () => point(row));
  for (const event of ["mouseleave", "focusout"]) line.addEventListener(event, () => point(null));
  return line;
}

function heading(title, scope, isNumber = false) {
  return element("th", title, { scope, className: isNumber ? "number" : "" });
}
