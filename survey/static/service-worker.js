// Answers for the server while there is no connection: with the whole form in one document, which the page kept when
// there was one, and which finds the answers in this browser. Served as one file with what
// it shares with pages.

const ANSWERING = /^\/k\/([^/]+)(?:\/(?:\d+|check|form|later|privacy))?\/?$/; // the pages that the whole form can stand for
const PATIENCE = 6000; // milliseconds
const DOWN = new Set([502, 503, 504]); // what stands before the server says that it is not there

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const formAddress = (slug, language) => `/k/${slug}/form?language=${language}`;

async function inCache(slug, languages) {
  for (const language of languages) {
    const found = await caches.match(formAddress(slug, language), { ignoreVary: true });
    if (found) return found;
  }
  return null;
}

// A form sent to the server by somebody of whom nothing is kept is left to the browser, which can send it again.
async function keptForm(request, slug) {
  const entries = (await Store.entries()).filter((entry) => entry.slug === slug && !entry.former);
  const kept = (await Store.record(slug)) ?? entries[0];
  if (!kept && request.method !== "GET") return null;
  const named = new URL(request.url).searchParams.get("language");
  return inCache(slug, [named, kept?.language, "vi", "en"]);
}

async function answer(request, slug) {
  const isForm = new URL(request.url).pathname.endsWith("/form");
  if (isForm && request.method === "GET") return (await keptForm(request, slug)) ?? fetch(request);
  const loading = fetch(request);
  const reply = await Promise.race([loading.catch(() => null), pause(PATIENCE)]);
  if (reply && !DOWN.has(reply.status)) return reply;
  return (await keptForm(request, slug).catch(() => null)) ?? loading;
}

const fromCache = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

async function dropFormerCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !name.startsWith("form:")).map((name) => caches.delete(name)));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(dropFormerCaches()));

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin) return;
  const found = ANSWERING.exec(pathname);
  const isLeaving = event.request.method !== "GET" && pathname.endsWith("/later"); // the server alone can let go
  if (event.request.mode === "navigate" && found && !isLeaving)
    event.respondWith(answer(event.request, found[1].toLowerCase()));
  else if (pathname.startsWith("/static/"))
    event.respondWith(fromCache(event.request));
});

self.addEventListener("sync", (event) => {
  if (event.tag !== "outbox") return;
  event.waitUntil(Promise.all([Outbox.sendAll(), HandingOver.handAll()]).then(([unsent, unsaved]) => {
    if (unsent || unsaved) throw new Error("tried again later by the browser");
  }));
});
