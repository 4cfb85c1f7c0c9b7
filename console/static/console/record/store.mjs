/** An officer's records and photographs on the device, sealed on their way in and opened on their way out. */
import { database } from "./database.mjs";
import { hex } from "./vault.mjs";

// Beside the records: what the room remembers for an officer, such as templates.
const REMEMBERED = "remembered";

/** @typedef {import("./vault.mjs").Vault} Vault */

export class Store {
  #writing = Promise.resolve();

  constructor(/** @type {Vault} */ vault) {
    this.vault = vault;
  }

  /** Keep a record as it stands at this moment; writes follow one another. */
  keep(/** @type {Record<string, any>} */ record) {
    const bytes = new TextEncoder().encode(JSON.stringify(record));
    const writing = this.#writing.then(() => this.#put(record.id, bytes));
    // One that failed is the caller's to tell, and stops none that come after.
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  async #put(id, bytes) {
    await database.records.put({ id: this.#own(id), vault: this.vault.name, ...(await this.vault.seal(bytes, id)) });
  }

  async read(/** @type {string} */ id) {
    const row = await database.records.get(this.#own(id));
    return row === undefined ? undefined : this.#opened(row);
  }

  /** Return the officer's records, latest first. */
  async all() {
    const rows = await database.records.where({ vault: this.vault.name }).toArray();
    const kept = rows.filter((row) => row.id !== this.#own(REMEMBERED));
    const records = await Promise.all(kept.map((row) => this.#opened(row)));
    return records.sort((one, other) => (one.begun_at < other.begun_at ? 1 : -1));
  }

  async drop(/** @type {string} */ id) {
    await database.transaction("rw", database.records, database.photos, async () => {
      await database.records.delete(this.#own(id));
      await database.photos.where({ record: this.#own(id) }).delete();
    });
  }

  /** Return what is remembered beside the records. */
  async remembered() {
    return (await this.read(REMEMBERED)) ?? { id: REMEMBERED, templates: [], last: {} };
  }

  /** Keep a photograph's bytes and return what the record says of it. */
  async keepPhoto(/** @type {string} */ record, /** @type {Blob & {name?: string}} */ file, id = crypto.randomUUID()) {
    const bytes = await file.arrayBuffer();
    const sha256 = hex(await crypto.subtle.digest("SHA-256", bytes));
    const sealed = await this.vault.seal(bytes, id);
    await database.photos.put({ id: this.#own(id), vault: this.vault.name, record: this.#own(record), ...sealed });
    return { id, name: file.name || "photo.jpg", type: file.type, size: bytes.byteLength, sha256, item: null };
  }

  /** Return a photograph's bytes; undefined once they are the server's. */
  async photo(/** @type {string} */ id) {
    const row = await database.photos.get(this.#own(id));
    return row === undefined ? undefined : this.vault.unseal(row, id);
  }

  async dropPhoto(/** @type {string} */ id) {
    await database.photos.delete(this.#own(id));
  }

  // Two officers may have opened the same file of records here; each has a row of their own.
  #own(id) {
    return `${this.vault.name.slice(0, 16)}/${id}`;
  }

  async #opened(row) {
    const id = row.id.slice(row.id.indexOf("/") + 1);
    return JSON.parse(new TextDecoder().decode(await this.vault.unseal(row, id)));
  }
}
