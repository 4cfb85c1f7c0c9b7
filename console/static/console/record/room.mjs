/** The room in which an officer records, with a line or without one. */
import { carriedIn, carriedOut } from "./carry.mjs";
import { refresh } from "../pocket/kept.mjs";
import { showDesk } from "./desk.mjs";
import { keepOnDevice } from "./device.mjs";
import { pass } from "./gate.mjs";
import { begun } from "./paper.mjs";
import { Waits, isWaiting, sendAll } from "./send.mjs";
import { settle, showDispute } from "./settle.mjs";
import { Sheet } from "./sheet.mjs";
import { Store } from "./store.mjs";
import { byId, element, nameCountries, say } from "./words.mjs";

const AGAIN_MS = 20_000;
// A tablet that was laid aside locks what it keeps.
const LAID_ASIDE_MS = 5 * 60_000;

const room = byId("room");
const settings = room.dataset;
let store, sheet, officer, memory;

room.hidden = false;
fillCountries();
keepOnDevice(Boolean(settings.officer));
// It is there when the line is gone.
if (settings.officer) refresh();
const entered = await pass(settings.officer, settings.needsPassphrase === "true");
officer = entered.officer;
store = new Store(entered.vault);
memory = await store.remembered();
sheet = new Sheet(store, settings, memory, finish);
byId("gate").hidden = true;
listen();
await route();
sendSoon();

async function route() {
  const [what, id, leaf] = location.hash.slice(1).split("/");
  const record = id && (sheet.record?.id === id ? sheet.record : await store.read(id));
  const page = what === "r" && record ? "sheet" : what === "c" && record?.theirs ? "conflict" : "desk";
  for (const each of ["desk", "sheet", "conflict"]) byId(each).hidden = each !== page;
  if (page === "sheet") sheet.open(record, leaf);
  else sheet.close();
  if (page === "conflict") showConflict(record);
  if (page === "desk") await drawDesk();
}

async function drawDesk() {
  showDesk(await store.all(), {
    drop: async (record) => {
      await store.drop(record.id);
      await drawDesk();
    },
    asDraft: async (record) => {
      Object.assign(record, { asDraft: true, state: "ready", errors: [] });
      await store.keep(record);
      sendSoon();
    },
  });
}

async function begin() {
  const record = begun(new Date(), memory.last);
  await store.keep(record);
  location.hash = `r/${record.id}/1`;
}

async function finish(record) {
  memory.last.kind = record.document.kind;
  Object.assign(record, { state: "ready", errors: [] });
  await store.keep(record);
  await store.keep(memory);
  location.hash = "";
  sendSoon();
}

function showConflict(record) {
  showDispute(record);
  byId("settle").onsubmit = async (event) => {
    event.preventDefault();
    settle(record);
    await store.keep(record);
    location.hash = "";
    sendSoon();
  };
}

/** Send what waits, if it can be sent now; what is in the way stands on the desk. */
async function sendSoon() {
  const waiting = (await store.all()).filter(isWaiting).length;
  if (waiting === 0) return tell(navigator.onLine ? "" : gettext("No line. What you send waits here and leaves by itself."));
  tell(gettext("Sending…"));
  try {
    await sendAll(store, officer, async (record) => {
      await sheet.learn(record);
      if (!byId("desk").hidden) await drawDesk();
    });
    tell("");
  } catch (error) {
    if (!(error instanceof Waits)) throw error;
    const sentence = ngettext("%(count)s record waits.", "%(count)s records wait.", waiting);
    if (error.why === "sign_in") tellToSignIn(say(sentence, { count: waiting }));
    else tell(`${gettext("No line.")} ${say(sentence, { count: waiting })}`);
    askForSync();
  }
  if (!byId("desk").hidden) await drawDesk();
}

function tell(text) {
  byId("line").textContent = text;
  byId("line").hidden = !text;
}

function tellToSignIn(text) {
  const way = element("a", say(gettext("Sign in as %(officer)s to send."), { officer }));
  way.href = settings.signIn;
  byId("line").replaceChildren(`${text} `, way);
  byId("line").hidden = false;
}

function listen() {
  addEventListener("hashchange", route);
  addEventListener("online", sendSoon);
  setInterval(() => navigator.onLine && sendSoon(), AGAIN_MS);
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data === "send" && sendSoon());
  byId("new").addEventListener("click", begin);
  byId("send").addEventListener("click", sendSoon);
  byId("lock").addEventListener("click", lock);
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > LAID_ASIDE_MS) lock();
  });
  byId("carry-out").addEventListener("submit", takeOut);
  byId("carry-in").addEventListener("submit", openSet);
}

function lock() {
  // The key lives in this page alone.
  location.replace(location.pathname);
  location.reload();
}

async function takeOut(event) {
  event.preventDefault();
  const records = (await store.all()).filter((record) => record.state !== "sent");
  for (const record of records) await store.keep(Object.assign(record, { carried: true }));
  const file = await carriedOut(store, records, byId("carry-secret").value);
  const way = element("a");
  way.href = URL.createObjectURL(file);
  way.download = `records-${new Date().toISOString().slice(0, 10)}.cordon`;
  way.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(way.href), AGAIN_MS);
  byId("carry-secret").value = "";
  const sentence = ngettext("%(count)s record is in the file, and stays here too.", "%(count)s records are in the file, and stay here too.", records.length);
  byId("carry-told").textContent = say(sentence, { count: records.length });
}

async function openSet(event) {
  event.preventDefault();
  try {
    const came = await carriedIn(store, byId("carry-file").files[0], byId("carry-key").value);
    const sentence = ngettext("%(count)s record came in.", "%(count)s records came in.", came);
    byId("carry-told").textContent = say(sentence, { count: came });
  } catch {
    byId("carry-told").textContent = gettext("The file does not open: another passphrase closed it, or it was changed.");
    return;
  }
  byId("carry-in").reset();
  await drawDesk();
  sendSoon();
}

async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register("send").catch(() => undefined);
}

function fillCountries() {
  const regions = new Map(settings.regions.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split(":"))));
  const [first, ...others] = document.querySelectorAll("select.country");
  nameCountries(first, regions);
  for (const list of others) list.append(...[...first.options].slice(1).map((option) => new Option(option.text, option.value)));
}
