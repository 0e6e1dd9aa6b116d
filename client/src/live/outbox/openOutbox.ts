import type { UserId } from '@weft/shared/kit'
import type { OutboxStore } from '../device/OutboxStore.ts'
import type { Clock } from '../transport/Clock.ts'
import { type CarriesFiles, carry } from './carry.ts'
import { Outbox, type OutboxOptions } from './Outbox.ts'
import { sendLock } from './SendLock.ts'

export interface OutboxSurroundings extends Pick<OutboxOptions, 'acknowledged' | 'refusing' | 'settled'> {
  userId: UserId
  clock: Clock
  files(): Promise<CarriesFiles>
}

/** The page's outbox over `store`: with this browser's lock, its other tabs, and the server that served the page. */
export function openOutbox(store: OutboxStore, around: OutboxSurroundings): Outbox {
  const { userId, clock } = around
  const name = `weft-outbox-${userId}`
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
  const outbox = new Outbox({
    ...around,
    store,
    lock: sendLock(name, store, clock),
    carry: (row) => carry(row, userId, () => clock.now(), around.files),
    tell: () => tabs?.postMessage('changed'),
    ended: () => tabs?.close(),
  })
  tabs?.addEventListener('message', () => void outbox.read())
  return outbox
}
