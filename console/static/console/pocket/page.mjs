/** The page of its own: four questions, and the card under them. */
import { keepOnDevice } from "../record/device.mjs";
import { byId, nameCountries } from "../record/words.mjs";
import { draw } from "./card.mjs";
import { daysOf } from "./facts.mjs";
import { keepTelephone, know, refresh } from "./kept.mjs";

const form = byId("pocket-form");
const { publicKey, telephone, regions } = form.dataset;

byId("pocket-page").hidden = false;
nameAll();
byId("when").value = new Date().toISOString().slice(0, 10);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", answer);
if (publicKey) {
  know(publicKey);
  keepTelephone(telephone);
}
await answer();
keepOnDevice(Boolean(publicKey));
await refresh();
await answer();

function answer() {
  const chosen = (id) => [...form.querySelectorAll(`[name=${id}]`)].map(({ value }) => value).filter(Boolean);
  const facts = {
    ...daysOf(byId("when").value),
    inside: chosen("inside"),
    near: chosen("near"),
    // Off a coast and on land are asked as one; which of the two excludes nothing unless it is said.
    sea: byId("sea").checked ? true : null,
    from: chosen("from"),
    to: chosen("to"),
    receiver: byId("receiver").value || "unknown",
    categories: chosen("category"),
  };
  return draw(byId("pocket-card"), { through: [], by: [], flag: [], madeIn: [], ...facts });
}

function nameAll() {
  const pairs = new Map(regions.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split(":"))));
  const [first, ...others] = form.querySelectorAll("select.country");
  nameCountries(first, pairs);
  for (const list of others) list.append(...[...first.options].slice(1).map((option) => new Option(option.text, option.value)));
}
