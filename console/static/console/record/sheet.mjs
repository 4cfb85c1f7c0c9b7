/** The sheet on which a record is written: five leaves that a thumb turns, and one for later. */
import { render as showPocket } from "../pocket/card.mjs";
import { containerFits, imoFits } from "./check_digits.mjs";
import { canRead, codesIn } from "./codes.mjs";
import { bind, show, take } from "./fields.mjs";
import { choose, named, showItems, showPhotos, showQuantities, showTiles } from "./items.mjs";
import { at, isWhole, partialDate, put, ready, sent, stamp } from "./paper.mjs";
import { itemOfSeries, nextWeapon, photographed, photosOf, showSeries, viewOfSeries, weaponBefore } from "./series.mjs";
import { locate, offerMap, readTyped, showPlace } from "./where.mjs";
import { apart, byId, element, hour, moment, say } from "./words.mjs";

const LEAVES = ["1", "2", "3", "4", "5", "later"];

export class Sheet {
  /**
   * @param {import("./store.mjs").Store} store
   * @param {DOMStringMap} settings
   * @param {any} memory What the room remembers for the officer.
   * @param {(record: any) => void} finished
   */
  constructor(store, settings, memory, finished) {
    Object.assign(this, { store, settings, memory, record: /** @type {any} */ (null) });
    this.form = byId("sheet");
    this.hazards = new Set(settings.hazards.split(" "));
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => this.#typed(event.target));
    byId("locate").addEventListener("click", () => this.#locate());
    for (const id of ["camera", "gallery"]) byId(id).addEventListener("change", (event) => this.#photograph(event.target, null));
    byId("series-camera").addEventListener("change", (event) => this.#photographNext(event.target));
    for (const [id, go] of [["series-next", nextWeapon], ["series-before", weaponBefore]]) {
      byId(id).addEventListener("click", () => (go(this.record), this.#showSeries()));
    }
    byId("finish").addEventListener("click", () => finished(this.record));
    offerMap(settings.map, () => this.record, () => (this.#changed(), this.#showPlace()));
    this.#offerScanner();
    setInterval(() => this.record && this.#showMoment(), 20_000);
  }

  /** Open a record at a leaf. */
  open(record, leaf) {
    const isOther = this.record?.id !== record.id;
    if (isOther) {
      this.record = ready(record);
      bind(this.form, record.document);
      for (const field of this.form.querySelectorAll("[data-extra]")) show(field, at(record.extra, field.dataset.extra));
      byId("saved").textContent = "";
      byId("typed-says").textContent = "";
      this.#showPlace();
    }
    this.#turn(LEAVES.includes(leaf) ? leaf : "1");
    this.#draw();
  }

  close() {
    this.record = null;
  }

  /** Take over what sending has learnt of the record that is open. */
  async learn(record) {
    if (this.record?.id !== record.id) return;
    for (const name of ["reference", "posted", "base", "known", "etag", "receipt", "theirs", "disputed", "errors"]) {
      this.record[name] = record[name];
    }
    for (const photo of this.record.photos) Object.assign(photo, record.photos.find((each) => each.id === photo.id));
    if (this.record.edits === record.edits) this.record.state = record.state;
    else await this.store.keep(this.record);
  }

  #turn(leaf) {
    const { id } = this.record;
    if (this.record.leaf !== leaf) {
      this.record.leaf = leaf;
      this.store.keep(this.record);
    }
    for (const each of this.form.querySelectorAll(".leaf")) each.hidden = each.dataset.leaf !== leaf;
    for (const way of this.form.querySelectorAll("#progress a")) {
      const to = way.dataset.leaf ??= way.getAttribute("href").slice(1);
      way.href = `#r/${id}/${to}`;
      if (to === leaf) way.setAttribute("aria-current", "step");
      else way.removeAttribute("aria-current");
    }
    this.form.querySelector(".leaf[data-leaf='5'] p a").href = `#r/${id}/later`;
    const place = LEAVES.indexOf(leaf);
    byId("back").href = place === 0 ? "#" : `#r/${id}/${LEAVES[place - 1]}`;
    byId("next").hidden = leaf === "5";
    byId("next").href = leaf === "later" ? `#r/${id}/5` : `#r/${id}/${LEAVES[place + 1]}`;
    byId("sheet-title").textContent = this.record.reference ?? gettext("New record");
    byId("sheet-title").focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  #draw() {
    const { record } = this;
    const isEarlier = record.extra.when?.mode === "earlier";
    byId("earlier").hidden = !isEarlier;
    this.#showMoment();
    showTiles(record, this.hazards);
    if (record.leaf === "2") {
      this.#showSeries();
    }
    if (record.leaf === "3") showQuantities(record, () => this.#changed());
    if (record.leaf === "5") this.#showSummary();
    if (record.leaf === "later") this.#showItems();
    this.#checkDigits();
    byId("amiss").replaceChildren(
      ...(record.state === "refused" ? record.errors : []).map((error) => {
        return element("p", [error.pointer, error.detail].filter(Boolean).join(" – "));
      }),
    );
  }

  #typed(field) {
    const { record } = this;
    if (field.name === "category") {
      choose(record, field.value, field.checked);
      showTiles(record, this.hazards);
    } else if (field.dataset.extra) {
      if (field.type !== "radio" || field.checked) put(record.extra, field.dataset.extra, field.value);
      this.#setMoment();
    } else if (!take(field)) return;
    if (field.id === "typed") readTyped(record, field.value.trim()).then(() => (this.#showPlace(), this.#changed()));
    if (field.id === "accuracy") this.#showPlace();
    this.#checkDigits();
    this.#changed();
  }

  /** Keep every stroke: what was changed waits to be sent anew. */
  #changed() {
    const { record } = this;
    record.edits = (record.edits ?? 0) + 1;
    record.state = "open";
    this.store.keep(record).then(
      () => (byId("saved").textContent = say(gettext("Kept, %(time)s"), { time: hour(new Date()) })),
      () => (byId("saved").textContent = gettext("This device has no room left. Send or remove something.")),
    );
  }

  #setMoment() {
    const { when } = this.record.extra;
    byId("earlier").hidden = when.mode !== "earlier";
    this.record.document.occurred_on = when.mode === "earlier" ? partialDate(when) : stamp(new Date());
    this.#showMoment();
  }

  #showMoment() {
    const { occurred_on, time_zone } = this.record.document;
    const instant = occurred_on?.includes("T") ? new Date(occurred_on) : null;
    byId("moment").textContent = instant === null || Number.isNaN(instant.getTime())
      ? (occurred_on ?? "")
      : momentSaid(instant, time_zone);
  }

  #showPlace() {
    showPlace(this.record);
    show(byId("accuracy"), this.record.document.location_accuracy_m);
    show(byId("typed"), this.record.document.location_text);
  }

  async #locate() {
    const { record } = this;
    const fix = await locate(record, this.memory.last.fix);
    if (fix === null || this.record !== record) return;
    this.memory.last.fix = fix;
    await this.store.keep(this.memory);
    this.#showPlace();
    this.#changed();
  }

  async #photograph(field, item, view = null) {
    const { record } = this;
    for (const file of field.files) {
      const photo = await this.store.keepPhoto(record.id, file);
      record.photos.push({ ...photo, item, view });
    }
    field.value = "";
    this.#changed();
    if (item === null) await this.#showPhotos();
    else byId("saved").textContent = say(gettext("Photograph %(number)s kept"), { number: record.photos.length });
  }

  async #photographNext(field) {
    if (field.files.length === 0) return;
    const item = itemOfSeries(this.record);
    await this.#photograph(field, item.id, viewOfSeries(this.record));
    photographed(this.record);
    showTiles(this.record, this.hazards);
    this.#showSeries();
  }

  async #unphotograph(photo) {
    this.record.photos = this.record.photos.filter((each) => each.id !== photo.id);
    await this.store.dropPhoto(photo.id);
    this.#changed();
    this.#showSeries();
  }

  #showSeries() {
    showSeries(this.record, () => this.#showSeries());
    this.#showPhotos();
  }

  #showPhotos() {
    return showPhotos(this.record, this.store, (photo) => this.#unphotograph(photo));
  }

  #showItems() {
    showItems(this.record, this.memory, {
      changed: () => this.#changed(),
      photograph: (field, item) => this.#photograph(field, item),
      pictures: (item) => Promise.all(photosOf(this.record, item).map((photo) => this.store.photo(photo.id))),
      redraw: () => this.#showItems(),
      remember: () => this.store.keep(this.memory),
    });
  }

  #checkDigits() {
    const { imo, containers } = this.record.document.conveyance ?? {};
    byId("imo-says").textContent = imoFits(imo ?? "") === false ? gettext("The last digit does not fit the others. Look again; a hull may bear a false one.") : "";
    const wrong = (containers ?? []).filter((each) => containerFits(each) === false);
    byId("containers-says").textContent = wrong.length ? say(gettext("The last digit does not fit the others: %(codes)s"), { codes: wrong.join(", ") }) : "";
  }

  #showSummary() {
    const { document: written } = this.record;
    const goods = written.items.map((item) => (item.quantity ? `${named(item.category)}: ${item.quantity}` : named(item.category)));
    const unknown = gettext("not known yet");
    const lines = [
      [gettext("When"), byId("moment").textContent],
      [gettext("Where"), [byId("fix").textContent, written.place ?? written.location_text].filter(Boolean).join(" · ")],
      [gettext("What"), goods.join(" · ")],
      [gettext("Photographs"), this.record.photos.length ? String(this.record.photos.length) : ""],
      [gettext("Who held it"), written.parties[0]?.name ?? ""],
      [gettext("From"), chosenText("origin")],
      [gettext("To"), chosenText("destination")],
    ];
    byId("summary").replaceChildren(
      ...lines.map(([name, said]) => {
        const line = element("div");
        line.append(element("dt", name), element("dd", said || unknown, said ? "" : "quiet"));
        return line;
      }),
    );
    byId("finish").textContent = isWhole(this.record) ? gettext("Send") : gettext("Send as a draft");
    showPocket(byId("pocket-card"), sent(this.record));
  }

  #offerScanner() {
    this.form.querySelector(".scan").hidden = !canRead;
    byId("scan").addEventListener("change", async (event) => {
      const codes = await codesIn(event.target.files[0]).catch(() => []);
      byId("scan-says").textContent = codes.length ? codes.join(", ") : gettext("No code was read. Come closer, or type it.");
      const found = codes.filter((code) => containerFits(code) !== null);
      if (found.length === 0) return;
      const conveyance = (this.record.document.conveyance ??= {});
      conveyance.containers = [...(conveyance.containers ?? []), ...found];
      show(byId("containers"), conveyance.containers);
      this.#checkDigits();
      this.#changed();
    });
  }
}

function momentSaid(/** @type {Date} */ instant, /** @type {string} */ zone) {
  const utc = apart(moment(instant, "UTC"));
  if (zone === "UTC") return say(gettext("%(utc)s UTC."), { utc });
  return say(gettext("%(local)s here (%(zone)s) is %(utc)s UTC."), { local: apart(moment(instant)), zone: apart(zone), utc });
}

function chosenText(id) {
  const { value, selectedOptions } = byId(id);
  return value ? selectedOptions[0].text : "";
}

