// The worker: keeps the look of the pages, the empty intake and the offline page. Never a page about a child.
"use strict";

const STORE = "vangnet-1";
const FILES = [/* SHELL */];
const OFFLINE = "/offline";
const INTAKE = "/encounters/new";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(STORE).then((store) => store.addAll([...FILES, OFFLINE])).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const others = (names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(others).then(() => self.clients.claim()));
});

const page = async (request) => {
  const path = new URL(request.url).pathname;
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    const empty = request.method === "GET" && path === INTAKE && answer.ok && !answer.redirected;
    if (empty) await store.put(INTAKE, answer.clone());
    return answer;
  } catch {
    const kept = request.method === "GET" && path === INTAKE ? await store.match(INTAKE) : undefined;
    return kept ?? (await store.match(OFFLINE)) ?? Response.error();
  }
};

const file = async (request) => {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await store.put(request, answer.clone());
    return answer;
  } catch {
    return (await store.match(request)) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (new URL(request.url).pathname.startsWith("/static/")) event.respondWith(file(request));
});
