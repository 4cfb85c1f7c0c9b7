/** What is on this device: each record with where it stands, its reference and its receipt. */
import { named } from "./items.mjs";
import { apart, byId, element, moment, say } from "./words.mjs";

const STATES = () => ({
  open: gettext("Only on this device: being written"),
  ready: gettext("Only on this device: waits to be sent"),
  refused: gettext("Only on this device: something has to be mended"),
  conflict: gettext("Changed in two places: choose what stands"),
  sent: gettext("Sent"),
});

/** Show the list; `drop` takes a record off the device, `asDraft` sends one as it is. */
export function showDesk(/** @type {any[]} */ records, { drop, asDraft }) {
  byId("nothing").hidden = records.length > 0;
  byId("send").disabled = !records.some((record) => record.state === "ready");
  byId("records").replaceChildren(...records.map((record) => lineOf(record, drop, asDraft)));
}

function lineOf(record, drop, asDraft) {
  const line = element("li");
  line.dataset.record = record.id;
  const title = element("h3", titleOf(record));
  const state = record.state === "open" && record.reference ? gettext("Sent; being changed on this device") : STATES()[record.state];
  title.append(element("span", state, `badge ${record.state}`));
  line.append(title, element("p", whenAndWhere(record), "quiet small"));
  if (record.reference) line.append(receipt(record));
  // Of a draft the server takes what holds and names the rest.
  for (const error of record.state === "refused" ? record.errors : (record.known?.errors ?? [])) {
    line.append(element("p", [error.pointer, error.detail].filter(Boolean).join(" – "), "doubts"));
  }
  const row = element("div", "", "row");
  if (record.state === "conflict") row.append(link(`#c/${record.id}`, gettext("Compare")));
  else row.append(link(`#r/${record.id}/${record.state === "sent" ? "later" : record.leaf}`, opening(record)));
  if (record.state === "refused" && !record.reference) row.append(button(gettext("Send as a draft"), () => asDraft(record)));
  row.append(removal(record, drop));
  line.append(row);
  return line;
}

function opening({ state }) {
  if (state === "refused") return gettext("Mend");
  return state === "sent" ? gettext("Add more") : gettext("Go on");
}

function receipt({ reference, receipt: { digest, recorded_at }, photos }) {
  const box = element("p", "", "small receipt");
  const open = element("a", reference);
  open.href = `/incidents/${reference}/`;
  box.append(open, ` · ${apart(moment(new Date(recorded_at)))}`, element("br"), element("span", digest ?? "", "digest"));
  const received = photos.filter((photo) => photo.received).length;
  if (photos.length) {
    box.append(element("br"), say(gettext("Photographs received: %(received)s of %(all)s"), { received, all: photos.length }));
  }
  return box;
}

/** Taking a record off the device asks once more, in its own place. */
function removal(record, drop) {
  const first = button(gettext("Remove from this device"), () => {
    const sure = button(record.state === "sent" ? gettext("Yes, remove") : gettext("Yes, remove it unsent"), () => drop(record));
    sure.classList.add("danger");
    first.replaceWith(sure);
    sure.focus();
  });
  return first;
}

function titleOf({ document: { items, kind } }) {
  const goods = [...new Set(items.map((item) => named(item.category)))];
  const what = [...byId("kind").options].find((option) => option.value === kind)?.text ?? kind;
  return goods.length ? `${what}: ${goods.join(", ")}` : what;
}

function whenAndWhere({ document: { occurred_on, place, location_text } }) {
  return [said(occurred_on), place ?? location_text].filter(Boolean).map(apart).join(" · ");
}

function said(occurred_on) {
  return occurred_on?.includes("T") ? moment(new Date(occurred_on)) : occurred_on;
}

function button(text, act) {
  const made = element("button", text, "light");
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function link(address, text) {
  const made = element("a", text, "button light");
  made.href = address;
  return made;
}
