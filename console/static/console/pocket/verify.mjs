/** Whether a pocket rulebook is the one that the installation signed. Nothing here touches the page or the store. */

const FORMAT = "cordon-pocket/1";
export const CANNOT = "cannot";
export const OTHER_KEY = "other_key";
export const NOT_SIGNED = "not_signed";

/**
 * Return the rulebook of a signed file, or why there is none: this browser cannot check signatures, the file names
 * another key than the one expected, or the signature does not hold.
 * @param {string} content The file as it was given out.
 * @param {string} publicKey In hexadecimal, as the device has kept it.
 * @returns {Promise<{book: any, why: null} | {book: null, why: string}>}
 */
export async function opened(content, publicKey) {
  const file = parsed(content);
  if (typeof file?.text !== "string" || file.format !== FORMAT) return none(NOT_SIGNED);
  if (file.public_key !== publicKey) return none(OTHER_KEY);
  let isSigned;
  try {
    const key = await crypto.subtle.importKey("raw", bytesOf(publicKey), { name: "Ed25519" }, false, ["verify"]);
    const signed = new TextEncoder().encode(`${FORMAT}\n${file.text}`);
    isSigned = await crypto.subtle.verify({ name: "Ed25519" }, key, bytesOf(file.signature), signed);
  } catch {
    return none(CANNOT);
  }
  const book = isSigned ? parsed(file.text) : null;
  return book?.format === FORMAT ? { book, why: null } : none(NOT_SIGNED);
}

/** Return the key that a file names, whatever it is worth; empty where it names none. */
export function keyNamedIn(/** @type {string} */ content) {
  const named = parsed(content)?.public_key;
  return typeof named === "string" && /^[0-9a-f]{64}$/.test(named) ? named : "";
}

function none(why) {
  return { book: null, why };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function bytesOf(hexadecimal) {
  return Uint8Array.from(String(hexadecimal).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
