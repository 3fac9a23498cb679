// A worker that opens a page again when there is no connection: those whose answer says for whom
// they may be kept (`Kept-For`), and the files that they are made of. Nothing else. The network
// comes first; what it no longer gives, is not kept (docs/decisions/0040).

const FILES = "kept-files";
const MOST = 150; // files: those of older versions of the site go with the rest
const NEVER_CHANGES = /\.[0-9a-f]{12}\./; // its name says what is in it
const PATIENCE = 6000; // milliseconds that a page may take where it is kept as well
const STATIC = new URL("../", self.location).pathname;

const pageAddress = (address) => address.split("#")[0];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function keptNames() {
  return (await caches.keys()).filter((name) => name.startsWith("kept:"));
}

async function keepPage(address, answer) {
  const account = answer.headers.get("Kept-For");
  const mine = answer.ok && !answer.redirected && account ? `kept:${account}` : "";
  for (const name of await keptNames()) {
    if (mine && name !== mine) await caches.delete(name);
    if (!mine) await (await caches.open(name)).delete(address, { ignoreVary: true });
  }
  if (mine) await (await caches.open(mine)).put(address, answer);
}

async function keptPage(address) {
  for (const name of await keptNames()) {
    const found = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (found) return found;
  }
  return null;
}

async function page(request) {
  const address = pageAddress(request.url);
  const kept = await keptPage(address);
  const asked = fetch(request);
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  try {
    const answer = await (kept ? Promise.race([asked, slow]) : asked);
    if (answer === kept || (kept && answer.status >= 500)) return kept;
    await keepPage(address, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function file(request) {
  const files = await caches.open(FILES);
  if (NEVER_CHANGES.test(request.url)) {
    const kept = await files.match(request, { ignoreVary: true });
    if (kept) return kept;
  }
  try {
    const answer = await fetch(request);
    if (answer.ok) await files.put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await files.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (pathname.startsWith(STATIC)) event.respondWith(file(request));
});

// The page that registers the worker was there before it: it asks to be kept now.
async function keepNow({ address, files }) {
  await keepPage(pageAddress(address), await fetch(address));
  if ((await (await caches.open(FILES)).keys()).length > MOST) await caches.delete(FILES);
  const cache = await caches.open(FILES);
  const known = new Set((await cache.keys()).map((request) => request.url));
  await cache.addAll(files.filter((one) => !known.has(one)));
}

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const kept = keepNow(event.data).then(
    () => port.postMessage(true),
    () => port.postMessage(false), // no connection: it is asked again with the next page
  );
  event.waitUntil(kept);
});
