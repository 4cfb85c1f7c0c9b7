/** A record that was changed in two places: both sides of each disputed field, and the officer's choice. */
import { ready, sent } from "./paper.mjs";
import { byId, element } from "./words.mjs";

/** Show both sides of what is disputed. */
export function showDispute(/** @type {any} */ record) {
  const mine = sent(record);
  byId("differences").replaceChildren(
    ...record.disputed.map((name) => {
      const box = element("fieldset", "", "difference");
      box.append(element("legend", name.replaceAll("_", " ")));
      box.append(side(name, "theirs", gettext("On the server"), record.theirs.document[name], true));
      box.append(side(name, "mine", gettext("On this device"), mine[name], false));
      return box;
    }),
  );
}

/** Take the officer's choices: what is kept of the server's is no change of ours any more. */
export function settle(/** @type {any} */ record) {
  const { document, etag } = record.theirs;
  for (const name of record.disputed) {
    if (document_choice(name) !== "theirs") continue;
    record.document[name] = structuredClone(document[name]);
    ready(record);
    record.base[name] = sent(record)[name];
  }
  Object.assign(record, { known: document, etag, theirs: null, disputed: [], state: "ready" });
}

function document_choice(name) {
  return /** @type {any} */ (byId("settle")).elements[`choice-${name}`].value;
}

function side(name, value, title, content, isChosen) {
  const box = element("label", "", "side");
  const radio = element("input");
  Object.assign(radio, { type: "radio", name: `choice-${name}`, value, checked: isChosen });
  box.append(radio, element("strong", title), element("pre", inLines(content)));
  return box;
}

/** Write a value so that a person can read it: a name and what it says, a line each. */
function inLines(value, indent = "") {
  if (value === null || value === undefined || value === "") return gettext("nothing");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== "" && !(Array.isArray(inner) && inner.length === 0))
    .map(([name, inner]) => {
      const title = Array.isArray(value) ? "•" : `${name.replaceAll("_", " ")}:`;
      return typeof inner === "object" ? `${indent}${title}\n${inLines(inner, `${indent}  `)}` : `${indent}${title} ${inner}`;
    })
    .join("\n");
}
