/** What the device keeps of the pocket: the file as it was signed, the key it knows it by, and whom to call. */
import { keyNamedIn, NOT_SIGNED, opened, OTHER_KEY } from "./verify.mjs";

const ADDRESS = "/pocket/rulebook.json";
const [FILE, KEY, NEW_KEY, TELEPHONE] = ["file", "key", "new_key", "telephone"].map((name) => `cordon.pocket.${name}`);
const PATIENCE_MS = 8_000;
export const NONE = "none";

/** Fetch the file anew where there is a line and somebody is signed in; what was kept stays until a better one is there. */
export async function refresh() {
  const kept = file();
  const headers = kept ? { "If-None-Match": kept.etag } : {};
  const answer = await fetch(ADDRESS, { headers, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  // Whoever is not signed in is led to another page, which is no rulebook.
  if (answer?.status !== 200 || answer.redirected) return;
  const content = await answer.text();
  know(keyNamedIn(content));
  const { why } = await opened(content, key());
  if (why === OTHER_KEY) localStorage.setItem(NEW_KEY, keyNamedIn(content));
  else if (why !== NOT_SIGNED) localStorage.setItem(FILE, JSON.stringify({ etag: answer.headers.get("ETag"), content }));
}

/** Take over the first key that the installation shows; a later one takes a person's word. */
export function know(/** @type {string} */ publicKey) {
  if (!publicKey) return;
  if (!key()) localStorage.setItem(KEY, publicKey);
  if (publicKey === key()) localStorage.removeItem(NEW_KEY);
  else localStorage.setItem(NEW_KEY, publicKey);
}

/** Know the installation by its new key from now on. */
export async function trustNewKey() {
  localStorage.setItem(KEY, newKey());
  for (const name of [NEW_KEY, FILE]) localStorage.removeItem(name);
  await refresh();
}

/** Return the rulebook that is kept, or why none can be used. */
export async function keptRulebook() {
  const kept = file();
  return kept ? opened(kept.content, key()) : { book: null, why: NONE };
}

export const key = () => localStorage.getItem(KEY) ?? "";
export const newKey = () => localStorage.getItem(NEW_KEY) ?? "";
export const telephone = () => localStorage.getItem(TELEPHONE) ?? "";
export const keepTelephone = (/** @type {string} */ number) => localStorage.setItem(TELEPHONE, number);

/** @returns {{etag: string, content: string} | null} */
function file() {
  try {
    return JSON.parse(localStorage.getItem(FILE) ?? "null");
  } catch {
    return null;
  }
}
