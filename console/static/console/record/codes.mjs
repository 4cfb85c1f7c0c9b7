/** Codes on crates and papers, read by the browser where it can. */

export const canRead = "BarcodeDetector" in globalThis;

/** Return the texts of the codes in a picture. */
export async function codesIn(/** @type {Blob} */ picture) {
  const bitmap = await createImageBitmap(picture);
  const found = await new globalThis.BarcodeDetector().detect(bitmap);
  return found.map((code) => code.rawValue);
}
