/* Keeps the room on the device, so that it opens with no line. Answers that hold records are never kept. */
/* KEPT is set above by the server: version, room, shell and files. */
const CACHE = `cordon-${KEPT.version}`;
const PATIENCE_MS = 4_000;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === KEPT.room) event.respondWith(fromLine(request, KEPT.shell));
  else if (KEPT.files.includes(pathname) && pathname !== KEPT.shell) event.respondWith(fromLine(request, pathname));
});

// The room asks when it was opened on a line: pages in the language of today, and no file older than they are.
self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(fill().catch(() => undefined));
});

// What sends needs the officer's key, which only an open room has.
self.addEventListener("sync", (event) => {
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((open) => open.forEach((client) => client.postMessage("send"))),
  );
});

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.files.map((file) => new Request(file, { cache: "reload" })));
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("cordon-") && name !== CACHE).map((name) => caches.delete(name)));
}

async function fromLine(request, kept) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    const cache = await caches.open(CACHE);
    return (await cache.match(kept)) ?? Response.error();
  }
}
