import { randomId } from '@weft/shared/kit'
import type { OutboxStore } from '../device/OutboxStore.ts'
import type { Clock } from '../transport/Clock.ts'

/**
 * Runs `work` while no other page of this person in this browser does; resolves when it has ended. `lost` fires when
 * that can no longer be said. Two that send at once would do no harm, for the server knows each command, but for work.
 */
export type SendLock = (work: (lost: AbortSignal) => Promise<void>, ended: AbortSignal) => Promise<void>

/** A lease outlives its page by at most this; ms. Renewed three times in it, since a hidden page's timers are slow. */
const leaseFor = 15_000

/** The browser's own locks, and leases in the device store where there are none (plain HTTP). */
export function sendLock(name: string, store: OutboxStore, clock: Clock): SendLock {
  const locks: LockManager | undefined = globalThis.navigator?.locks
  return locks === undefined ? storeLock(name, store, clock) : webLock(name, locks)
}

const webLock =
  (name: string, locks: LockManager): SendLock =>
  async (work, ended) => {
    await locks.request(name, { signal: ended }, () => work(ended))
  }

/** Exported for its test. */
export function storeLock(name: string, store: OutboxStore, clock: Clock): SendLock {
  const holder = randomId()
  // A device that does not work is shared with nobody.
  const take = () => store.lease(name, holder, leaseFor, clock.now()).catch(() => true)
  return async (work, ended) => {
    while (!(await take())) if (!(await pause(clock, leaseFor / 3, ended))) return
    const lost = new AbortController()
    const onEnd = () => lost.abort()
    ended.addEventListener('abort', onEnd)
    const renewing = renew(take, clock, lost)
    try {
      await work(lost.signal)
    } finally {
      ended.removeEventListener('abort', onEnd)
      lost.abort()
      await renewing
      await store.release(name, holder).catch(() => undefined)
    }
  }
}

async function renew(take: () => Promise<boolean>, clock: Clock, lost: AbortController): Promise<void> {
  while (await pause(clock, leaseFor / 3, lost.signal)) if (!(await take())) lost.abort()
}

/** False: `ended` came before. */
function pause(clock: Clock, ms: number, ended: AbortSignal): Promise<boolean> {
  if (ended.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => {
      ended.removeEventListener('abort', end)
      resolve(true)
    })
    const end = () => {
      cancel()
      resolve(false)
    }
    ended.addEventListener('abort', end, { once: true })
  })
}
