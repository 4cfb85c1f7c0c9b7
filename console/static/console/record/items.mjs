/** What was found: how many of each, and later each item by itself, with its marks. */
import { bind } from "./fields.mjs";
import { doubtsOf } from "./look_alikes.mjs";
import { newItem, spread } from "./paper.mjs";
import { isAtHand, viewSaid } from "./series.mjs";
import { byId, element, say } from "./words.mjs";

// What a template gives to another item of its kind; numbers and marks are each item's own.
const OF_A_TEMPLATE = ["description", "make", "model", "calibre", "manufacture", "country_of_manufacture"];

// More than a screen holds.
const MOST_SHOWN = 24;

/** Return how a category is called on its tile. */
export function named(/** @type {string} */ category) {
  const tile = document.querySelector(`.tile input[value="${CSS.escape(category)}"]`);
  return tile?.closest(".tile").querySelector("span").textContent ?? category;
}

/** Add or take out a category; what was written of it comes back with it. */
export function choose(/** @type {any} */ record, /** @type {string} */ category, /** @type {boolean} */ isChosen) {
  const put_away = (record.extra.put_away ??= {});
  const { items } = record.document;
  if (isChosen) {
    items.push(...(put_away[category] ?? [newItem(category)]));
    delete put_away[category];
  } else {
    put_away[category] = items.filter((item) => item.category === category);
    record.document.items = items.filter((item) => item.category !== category);
  }
}

export function showTiles(/** @type {any} */ record, /** @type {Set<string>} */ hazards) {
  const chosen = new Set(record.document.items.map((item) => item.category));
  for (const tile of document.querySelectorAll(".tile input")) tile.checked = chosen.has(tile.value);
  const more = document.querySelector("details:has(> .tiles)");
  if (more.querySelector("input:checked")) more.open = true;
  const hazard = byId("hazard");
  const wasHidden = hazard.hidden;
  hazard.hidden = ![...chosen].some((category) => hazards.has(category));
  // On a small screen it would come up below what is looked at.
  if (wasHidden && !hazard.hidden) hazard.scrollIntoView({ block: "nearest" });
}

/** Show a line for each item, on which it is counted. */
export function showQuantities(/** @type {any} */ record, /** @type {() => void} */ changed) {
  const lines = record.document.items.map((item) => {
    const line = copied("quantity");
    line.querySelector("legend").textContent = titleOf(item);
    nameRadios(line, item);
    bind(line, item);
    const number = line.querySelector("[data-field=quantity]");
    for (const button of line.querySelectorAll("[data-by]")) {
      button.addEventListener("click", () => {
        item.quantity = Math.max(0, (Number(item.quantity) || 0) + Number(button.dataset.by));
        number.value = item.quantity;
        changed();
      });
    }
    return line;
  });
  byId("quantities").replaceChildren(...lines);
}

/** Show each item with all that may be written of it; `redraw` is called when items were added. */
export function showItems(record, memory, { changed, photograph, pictures, redraw, remember }) {
  const shown = record.document.items.map((item) => {
    const box = copied("item");
    box.querySelector("summary").textContent = titleOf(item);
    bind(box, item);
    for (const mark of (item.marks ??= [])) addMark(box, mark);
    showPictures(box, pictures(item));
    hint(box);
    box.addEventListener("input", () => hint(box));
    on(box, ".add-mark", "click", () => {
      const mark = { kind: "serial", text: null, position: null, certainty: "certain" };
      item.marks.push(mark);
      addMark(box, mark).querySelector("input").focus();
    });
    on(box, ".item-camera", "change", (event) => photograph(event.target, item.id));
    on(box, ".keep-template", "click", (event) => {
      memory.templates.unshift(Object.fromEntries([["category", item.category], ...OF_A_TEMPLATE.map((name) => [name, item[name]])]));
      memory.templates.splice(20);
      remember();
      event.target.textContent = gettext("Kept as template");
    });
    offerTemplates(box, item, memory.templates, () => (changed(), redraw()));
    on(box, ".spread", "click", () => {
      const serials = box.querySelector(".serials").value.split("\n").map((line) => line.trim()).filter(Boolean);
      if (serials.length === 0) return;
      record.document.items.splice(record.document.items.indexOf(item), 1, ...spread(item, serials));
      changed();
      redraw();
    });
    return box;
  });
  byId("items").replaceChildren(...shown);
}

/** What is written of an item is read off its photographs, so they stand beside it. */
async function showPictures(box, pictures) {
  for (const bytes of (await pictures).filter((each) => each !== undefined)) {
    const picture = element("img");
    picture.src = URL.createObjectURL(new Blob([bytes]));
    picture.alt = gettext("Photograph of this item");
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
    box.querySelector(".photos").append(picture);
  }
}

function offerTemplates(box, item, templates, filled) {
  const list = box.querySelector(".use-template select");
  const fitting = templates.filter((template) => template.category === item.category);
  box.querySelector(".use-template").hidden = fitting.length === 0;
  list.append(new Option("", ""), ...fitting.map((each, n) => new Option(titleOf(each), String(n))));
  list.addEventListener("change", () => {
    const template = fitting[Number(list.value)];
    for (const name of OF_A_TEMPLATE) item[name] = template[name] ?? item[name];
    filled();
  });
}

function addMark(box, mark) {
  const row = copied("mark");
  bind(row, mark);
  box.querySelector(".marks").append(row);
  return row;
}

/** Say at once where a sign may be read as another. */
function hint(box) {
  const said = [...box.querySelectorAll(".mark-text")].map(({ value }) => doubtsOf(value)).filter(Boolean);
  box.querySelector(".look-alikes").textContent = said.length ? `${gettext("Look again:")} ${said.join(" · ")}` : "";
}

export function titleOf(/** @type {any} */ item) {
  const what = [item.make, item.model, item.calibre].filter(Boolean).join(" ");
  const title = what ? `${named(item.category)}, ${what}` : named(item.category);
  return item.serial_number ? `${title} · ${item.serial_number}` : title;
}

function copied(id) {
  return byId(id).content.firstElementChild.cloneNode(true);
}

function nameRadios(line, item) {
  for (const radio of line.querySelectorAll("[type=radio]")) radio.name = `${radio.dataset.field}-${item.id}`;
}

function on(box, selector, event, act) {
  box.querySelector(selector).addEventListener(event, act);
}

/** Show the photographs that are kept of a record; of many weapons, those of the one at hand. */
export async function showPhotos(record, store, removed) {
  const list = byId("photos");
  for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
  const numbered = record.photos.map((photo, n) => [photo, n]);
  // Each is opened anew to be shown: hundreds would keep the next photograph waiting.
  const few = numbered.length > MOST_SHOWN ? numbered.filter(([photo]) => isAtHand(record, photo)).slice(-MOST_SHOWN) : numbered;
  const shown = few.map(async ([photo, n]) => {
    const line = element("li");
    const bytes = await store.photo(photo.id);
    const name = say(gettext("Photograph %(number)s"), { number: n + 1 });
    if (bytes) {
      const picture = element("img");
      picture.src = URL.createObjectURL(new Blob([bytes], { type: photo.type }));
      picture.alt = name;
      line.append(picture);
    } else line.append(element("span", `${name} – ${gettext("received")}`));
    const item = record.document.items.find((each) => each.id === photo.item);
    if (item) line.append(element("span", [titleOf(item), viewSaid(photo.view)].filter(Boolean).join(", "), "small"));
    if (!photo.received) {
      const button = element("button", gettext("Remove"), "light");
      button.type = "button";
      button.setAttribute("aria-label", say(gettext("Remove photograph %(number)s"), { number: n + 1 }));
      button.addEventListener("click", () => removed(photo));
      line.append(button);
    }
    return line;
  });
  const left = numbered.length - few.length;
  const lines = await Promise.all(shown);
  if (left > 0) lines.push(element("li", say(gettext("and %(number)s photographs of others"), { number: left }), "quiet"));
  list.replaceChildren(...lines);
}
