"use strict";
// Fetches the whole form in both languages, for the time without a connection. Loaded by offline.js.

async function fetchForm(address) {
  const reply = await fetch(address, { redirect: "error" });
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.clone().text(), "text/html");
  const files = Array.from(page.querySelectorAll("link[href^='/static/'], script[src]"), (tag) =>
    tag.getAttribute("href") ?? tag.getAttribute("src"));
  const cache = await caches.open(`form:${address}`);
  await cache.addAll(files);
  await cache.put(address, reply);
  const wanted = new Set([address, ...files].map((path) => new URL(path, location).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

// Once a tab: the form changes rarely, and a telephone pays for each kilobyte.
async function prepare() {
  await navigator.serviceWorker.register("/service-worker.js", { scope: "/k/", updateViaCache: "none" });
  await navigator.serviceWorker.ready; // without a worker nobody would ask for the form
  for (const language of ["vi", "en"]) {
    const address = formAt(language);
    if (sessionStorage.getItem(address)) continue;
    await fetchForm(address);
    sessionStorage.setItem(address, "kept");
  }
}

prepare().catch(() => null);
