/** Keeps the full page for visits without a network: every file of this build, fetched once, after the first visit.
 * It answers for nothing else; a frame's page is never kept. */

/** The build writes here what it made: a version, and file names relative to this script. */
const BUILT = "__BUILT__" as unknown as { readonly version: string; readonly files: readonly string[] };

/** What a service worker has that the DOM's types leave out. */
interface Worker {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
  addEventListener(type: "fetch", listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void): void;
}

const worker = self as unknown as Worker;
const PREFIX = "iam-sandbox-";
const KEPT = PREFIX + BUILT.version;
/** Files whose name changes with what is in them never go stale. */
const HASHED = /\/assets\//;

worker.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(BUILT.files)).then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  const tidy = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(tidy.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const home = new URL(worker.registration.scope);
  if (request.method !== "GET" || origin !== home.origin) return;
  if (HASHED.test(pathname)) event.respondWith(kept(request).then((answer) => answer ?? fetch(request)));
  else if (request.mode === "navigate" ? pathname === home.pathname || pathname === `${home.pathname}index.html` : true) {
    event.respondWith(fetch(request).catch(async (reason: unknown) => {
      const answer = await kept(request.mode === "navigate" ? home.href : request);
      if (answer) return answer;
      throw reason;
    }));
  }
});

async function kept(request: Request | string): Promise<Response | undefined> {
  const cache = await caches.open(KEPT);
  return cache.match(request, { ignoreSearch: true, ignoreVary: true });
}
