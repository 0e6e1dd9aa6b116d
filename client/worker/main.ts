import { AppCache, type AppFiles } from './AppCache.ts'
import { isAppRoute } from './appRoutes.ts'
import { openPlace, readPush, showPush } from './push.ts'
import { askVersion, type VersionWord } from './words.ts'

declare const self: ServiceWorkerGlobalScope
/** Put in by the build (`scripts/serviceWorker.ts`). */
declare const __WEFT_FILES__: AppFiles

const files = __WEFT_FILES__
const app = new AppCache(self.caches, files, (request) => fetch(request))
const word: VersionWord = { type: 'version', version: files.version }

/** A new worker takes over at once: it changes nothing for open pages, whose parts it goes on serving. */
self.addEventListener('install', (event) => event.waitUntil(app.install().then(() => self.skipWaiting())))

self.addEventListener('activate', (event) => {
  const takeOver = async () => {
    await app.forgetOld()
    await self.clients.claim()
    for (const client of await self.clients.matchAll({ type: 'window' })) client.postMessage(word)
  }
  event.waitUntil(takeOver())
})

self.addEventListener('message', ({ data, source }) => {
  if (data === askVersion) source?.postMessage(word)
})

self.addEventListener('push', (event) => {
  event.waitUntil(showPush(self.registration, readPush(event.data?.text() ?? '')))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPlace(self.clients, event.notification.data))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  const found =
    request.mode === 'navigate' ? isAppRoute(pathname) && app.page() : app.holds(pathname) && app.file(pathname)
  // What is not answered here goes to the server as if there were no worker.
  if (found) event.respondWith(found.then((response) => response ?? fetch(request)))
})
