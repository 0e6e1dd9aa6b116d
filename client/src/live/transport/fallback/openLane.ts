import { LaneSocket } from './LaneSocket.ts'

/** A worker of this page alone, where none can be shared. */
let ownWorker: Worker | null = null
/** One that could not be started is not waited for again. */
let sharingFails = false

/**
 * Opens a lane over the stream that all pages share which `person` has open in this browser. A SharedWorker holds it, on
 * plain HTTP too, where the six connections to a host are tight (Web Locks, by which pages could choose one that holds
 * it, are not there). Where there is none (Chrome on Android), a page has a worker and a stream of its own.
 */
export function openLane(url: string, token: string, person: string): LaneSocket {
  if (sharingFails || !('SharedWorker' in globalThis)) {
    ownWorker ??= new Worker(new URL('./hubWorker.ts', import.meta.url), { type: 'module' })
    const { port1, port2 } = new MessageChannel()
    ownWorker.postMessage('a page', [port2])
    return new LaneSocket(port1, url, token)
  }
  const worker = new SharedWorker(new URL('./hubWorker.ts', import.meta.url), {
    type: 'module',
    name: `weft-${person}`,
  })
  const lane = new LaneSocket(worker.port, url, token)
  worker.addEventListener('error', () => {
    sharingFails = true
    lane.end(1006, '')
  })
  return lane
}
