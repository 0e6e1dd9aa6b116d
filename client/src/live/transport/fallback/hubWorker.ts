import { pageClock } from '../Clock.ts'
import { Hub } from './Hub.ts'

/** The SharedWorker of all pages that one person has open in a browser. */
const hub = new Hub({ fetch: (url, init) => fetch(url, init), clock: pageClock })

globalThis.addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  if (port !== undefined) hub.connect(port)
})
