import 'fake-indexeddb/auto'
import type { UserId } from '@weft/shared/kit'
import { DeviceDatabase } from '../../client/src/live/device/DeviceDatabase.ts'
import { IndexedDbOutbox } from '../../client/src/live/device/IndexedDbOutbox.ts'
import { carry } from '../../client/src/live/outbox/carry.ts'
import { Outbox } from '../../client/src/live/outbox/Outbox.ts'
import type { OutboxRow } from '../../client/src/live/outbox/OutboxRow.ts'
import type { SendLock } from '../../client/src/live/outbox/SendLock.ts'
import { pageClock } from '../../client/src/live/transport/Clock.ts'

/** Waits between tries are short, so that a run has many of them. */
const clock = { ...pageClock, random: () => 0.01 }

/** A browser of one person: pages open on it and die, what is in its store stays. */
export class OutboxDevice {
  readonly #userId: UserId
  readonly #store: IndexedDbOutbox
  readonly refused: OutboxRow[] = []
  readonly #pages = new Set<Outbox>()
  #turn: Promise<void> = Promise.resolve()

  constructor(userId: UserId) {
    this.#userId = userId
    this.#store = new IndexedDbOutbox(new DeviceDatabase(userId))
  }

  get pages(): Outbox[] {
    return [...this.#pages]
  }

  /** `alone`: takes the lock that its browser's other pages take; else it sends beside them, as if theirs was lost. */
  open(alone: boolean): Outbox {
    const page = new Outbox({
      store: this.#store,
      lock: alone ? this.#lock : (work, ended) => work(ended),
      clock,
      carry: (row) => carry(row, this.#userId, clock.now, () => Promise.reject(new Error('it adds no files'))),
      acknowledged: async () => true,
      refusing: async () => true,
      settled: (row) => {
        if (row.state === 'refused') this.refused.push(row)
      },
      tell: () => {
        for (const other of this.#pages) if (other !== page) void other.read()
      },
    })
    this.#pages.add(page)
    return page
  }

  /** Dies without a word: what it has sent may still arrive. */
  kill(page: Outbox): void {
    this.#pages.delete(page)
    page.end()
  }

  stored(): Promise<OutboxRow[]> {
    return this.#store.all()
  }

  #lock: SendLock = (work, ended) => {
    this.#turn = this.#turn.then(() => (ended.aborted ? undefined : work(ended)))
    return this.#turn
  }
}
