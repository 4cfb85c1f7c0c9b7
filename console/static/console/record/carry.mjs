/**
 * Records carried by hand when no network comes: one file, closed by a passphrase. Opened, it is a zip with the records
 * as NDJSON and the photographs beside them.
 *
 * The file: eight letters, sixteen bytes of salt, twelve of the vector, then AES-GCM over the zip under the key that
 * PBKDF2-SHA-256 makes of the passphrase in 600,000 rounds.
 */
import { derived, label } from "./vault.mjs";
import { sent } from "./paper.mjs";

const LETTERS = "CORDON01";
const ROUNDS = 600_000;
const [SALT, IV] = [16, 12];

/** Return the file of what has not been sent of these records. */
export async function carriedOut(/** @type {import("./store.mjs").Store} */ store, /** @type {any[]} */ records, secret) {
  const { zipSync } = await import("../vendor/fflate.mjs");
  const files = { "records.ndjson": label(records.map((record) => JSON.stringify(sent(record))).join("\n") + "\n") };
  files["device.json"] = label(JSON.stringify(records));
  for (const photo of records.flatMap((record) => record.photos)) {
    const bytes = await store.photo(photo.id);
    if (bytes !== undefined) files[`photos/${photo.id}`] = new Uint8Array(bytes);
  }
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const key = await derived(secret, salt, ROUNDS);
  // Photographs are packed already.
  const zipped = zipSync(files, { level: 0 });
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: label(LETTERS) }, key, zipped);
  return new Blob([LETTERS, salt, iv, sealed], { type: "application/octet-stream" });
}

/**
 * Keep the records of a file as one's own to send; those that are here already stay as they are. Returns how many came.
 * Raises where the file is none of ours, was changed, or another passphrase closed it.
 */
export async function carriedIn(/** @type {import("./store.mjs").Store} */ store, /** @type {Blob} */ file, secret) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [letters, salt, iv] = [bytes.slice(0, 8), bytes.slice(8, 8 + SALT), bytes.slice(8 + SALT, 8 + SALT + IV)];
  if (new TextDecoder().decode(letters) !== LETTERS) throw new TypeError("not a file of records");
  const key = await derived(secret, salt, ROUNDS);
  const how = { name: "AES-GCM", iv, additionalData: label(LETTERS) };
  const zipped = await crypto.subtle.decrypt(how, key, bytes.slice(8 + SALT + IV));
  const { unzipSync } = await import("../vendor/fflate.mjs");
  const files = unzipSync(new Uint8Array(zipped));
  const records = JSON.parse(new TextDecoder().decode(files["device.json"]));
  let came = 0;
  for (const record of records) {
    if ((await store.read(record.id)) !== undefined) continue;
    for (const photo of record.photos) {
      const content = files[`photos/${photo.id}`];
      if (content) await store.keepPhoto(record.id, new File([content], photo.name, { type: photo.type }), photo.id);
    }
    await store.keep(record);
    came += 1;
  }
  return came;
}
