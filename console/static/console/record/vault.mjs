/**
 * What a device keeps of an officer, sealed: a random key seals everything, and the officer's PIN or passphrase,
 * slowly derived, opens that key. Wrong entries are counted before they are tried; the tenth takes the key away.
 */
import { database } from "./database.mjs";

const ROUNDS = 600_000;
export const MOST_ATTEMPTS = 10;
export const SHORTEST = { pin: 6, passphrase: 16 };
const AES = "AES-GCM";

export class WrongSecret extends Error {
  /** @param {number} left How many entries are left before the key goes. */
  constructor(left) {
    super("wrong secret");
    this.left = left;
  }
}

export class KeyGone extends Error {}

/** Return the name under which an officer's things are kept: none that can be read off a device. */
export async function vaultOf(/** @type {string} */ officer) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`cordon:${officer}`));
  return hex(digest);
}

/** Return whether the officer has a key here, and by what it is opened: "pin", "passphrase" or null. */
export async function kindOf(/** @type {string} */ vault) {
  return (await database.vaults.get(vault))?.kind ?? null;
}

/** Return whether a secret is long enough for its kind; a PIN of one repeated sign is none. */
export function isFit(/** @type {string} */ secret, /** @type {"pin" | "passphrase"} */ kind) {
  return secret.length >= SHORTEST[kind] && new Set(secret).size > 2;
}

/** Make a key for an officer that the secret opens, and return it opened. */
export async function make(vault, secret, kind) {
  const key = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ["encrypt", "decrypt"]);
  await database.vaults.add({ vault, ...(await wrapped(key, secret, kind, vault)) });
  return new Vault(vault, await closed(key));
}

/**
 * Open an officer's key. Raises WrongSecret with the entries left, and KeyGone after the last.
 * @returns {Promise<Vault>}
 */
export async function open(/** @type {string} */ vault, /** @type {string} */ secret) {
  return new Vault(vault, await opened(vault, secret, false));
}

/** Put the key under another secret; what it seals stays as it is. */
export async function change(vault, secret, next, kind) {
  const key = await opened(vault, secret, true);
  await database.vaults.put({ vault, ...(await wrapped(key, next, kind, vault)) });
}

async function opened(vault, secret, isExtractable) {
  const row = await counted(vault);
  const outer = await derived(secret, row.salt, row.rounds);
  let key;
  try {
    key = await crypto.subtle.unwrapKey(
      "raw",
      row.wrapped,
      outer,
      { name: AES, iv: row.iv, additionalData: label(vault) },
      AES,
      isExtractable,
      ["encrypt", "decrypt"],
    );
  } catch {
    if (row.attempts < MOST_ATTEMPTS) throw new WrongSecret(MOST_ATTEMPTS - row.attempts);
    await wipe(vault);
    throw new KeyGone();
  }
  await database.vaults.update(vault, { attempts: 0 });
  return key;
}

/** Count an entry before it is tried, so that pulling the plug does not give it back. */
async function counted(vault) {
  return database.transaction("rw", database.vaults, async () => {
    const row = await database.vaults.get(vault);
    if (row === undefined) throw new KeyGone();
    const attempts = row.attempts + 1;
    await database.vaults.update(vault, { attempts });
    return { ...row, attempts };
  });
}

/** Take the key away, and what nobody can read any more with it. */
async function wipe(vault) {
  const tables = [database.vaults, database.records, database.photos];
  await database.transaction("rw", tables, async () => {
    await database.vaults.delete(vault);
    await database.records.where({ vault }).delete();
    await database.photos.where({ vault }).delete();
  });
}

async function wrapped(key, secret, kind, vault) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const outer = await derived(secret, salt, ROUNDS);
  const sealed = await crypto.subtle.wrapKey("raw", key, outer, { name: AES, iv, additionalData: label(vault) });
  return { kind, salt, rounds: ROUNDS, iv, wrapped: sealed, attempts: 0 };
}

/** Return the key that a secret gives; slow, so that guessing is. */
export async function derived(secret, salt, rounds) {
  const typed = new TextEncoder().encode(secret.normalize("NFKC"));
  const base = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  const uses = /** @type {KeyUsage[]} */ (["wrapKey", "unwrapKey", "encrypt", "decrypt"]);
  return crypto.subtle.deriveKey(how, base, { name: AES, length: 256 }, false, uses);
}

/** Return the same key in a form that no script can read out. */
async function closed(key) {
  return crypto.subtle.importKey("raw", await crypto.subtle.exportKey("raw", key), AES, false, ["encrypt", "decrypt"]);
}

export function label(/** @type {string} */ text) {
  return new TextEncoder().encode(text);
}

export function hex(/** @type {ArrayBuffer} */ bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An officer's opened key. What it seals says where it belongs, so that no row can take another's place. */
export class Vault {
  #key;

  constructor(/** @type {string} */ name, /** @type {CryptoKey} */ key) {
    this.name = name;
    this.#key = key;
  }

  async seal(/** @type {BufferSource} */ bytes, /** @type {string} */ place) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: AES, iv, additionalData: label(`${this.name}/${place}`) };
    return { iv, sealed: await crypto.subtle.encrypt(how, this.#key, bytes) };
  }

  async unseal(/** @type {{iv: BufferSource, sealed: BufferSource}} */ row, /** @type {string} */ place) {
    const how = { name: AES, iv: row.iv, additionalData: label(`${this.name}/${place}`) };
    return crypto.subtle.decrypt(how, this.#key, row.sealed);
  }
}
