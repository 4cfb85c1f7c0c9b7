/** Colours of the map: those of the style sheet, worked out, since neither maps nor pictures know a style sheet. */

const NAMES = [
  ...["water", "land", "shore", "border", "disputed", "maritime", "zone", "port", "label", "halo"],
  ...["cell-few", "cell-some", "cell-many", "cell-most", "cell-edge", "cell-ink", "cell-ink-most"],
  ...["indicated", "possible", "exemption", "none", "point-edge", "doubt", "area"],
];

/** @typedef {Record<string, string>} Colours */

/**
 * Return a colour, light or dark as the page is now.
 * @param {string} name
 */
export function colourOf(name) {
  return coloursNow([name])[name];
}

/**
 * Return each colour by its name.
 * @returns {Colours}
 */
export function coloursNow(names = NAMES) {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colours = {};
  for (const name of names) {
    // A custom property is handed out as it was written; as a colour of something, it is worked out.
    probe.style.color = `var(--map-${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}
