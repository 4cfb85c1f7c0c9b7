/* Keeps the rooms that open with no line on the device. Answers that hold records are never kept. */
/* KEPT is set above by the server: version, the shell of each room, and files. */
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
  const shell = KEPT.shells[pathname];
  if (request.mode === "navigate" && shell) event.respondWith(fromLine(request, shell));
  else if (KEPT.files.includes(pathname) && !Object.values(KEPT.shells).includes(pathname)) event.respondWith(fromLine(request, pathname));
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
