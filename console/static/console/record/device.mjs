/** Keeps the rooms that open with no line on the device, in the language in which one was just opened on a line. */
export async function keepOnDevice(/** @type {boolean} */ isSignedIn) {
  const registration = await navigator.serviceWorker?.register("/sw.js", { scope: "/" }).catch(() => null);
  if (isSignedIn) registration?.active?.postMessage("refresh");
  // Browsers clear what was not said to be kept.
  await navigator.storage?.persist?.();
}
