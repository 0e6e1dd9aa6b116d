import { type CloseReaction, type CloseReason, closeReasons, spreadWithin, windowFields } from '@weft/shared/sync'
import type * as Y from 'yjs'
import { Backoff } from '../transport/Backoff.ts'
import type { Clock } from '../transport/Clock.ts'
import type { Transport } from '../transport/Transport.ts'
import { WindowSession } from './WindowSession.ts'
import { emptyView, type WindowStore, type WindowView } from './WindowView.ts'

export interface WindowSurroundings {
  transport: Transport
  clock: Clock
  store: () => Promise<WindowStore>
}

/** Changes are written to the device together; ms. */
const writtenAfter = 1_000
/** What somebody may not see any more is not kept for offline either. */
const forgotten = new Set<CloseReason>(['not-found', 'access-removed'])

/** A window in this page: one session after another, the next one's state put in place of the last one's. */
export class WindowRoom {
  readonly name: string
  /** Resolves when the device has said what it knows. */
  readonly settled: Promise<void>
  readonly #around: WindowSurroundings
  readonly #backoff: Backoff
  readonly #listeners = new Set<() => void>()
  #view: WindowView = emptyView
  #session: WindowSession | null = null
  #cancelJoin: (() => void) | null = null
  #cancelWrite: (() => void) | null = null
  /** What the device was told last; its end is awaited, so that no copy outlives its right to be there. */
  #device: Promise<void> = Promise.resolve()
  #destroyed = false

  constructor(name: string, around: WindowSurroundings) {
    this.name = name
    this.#around = around
    this.#backoff = new Backoff({ random: () => around.clock.random(), base: 1_000 })
    this.settled = this.#readDevice()
    this.#join()
  }

  /** The same object until something changes. */
  get view(): WindowView {
    return this.#view
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Joins again what was closed for good: the person has signed in again, or asks. */
  retry(): void {
    if (this.#view.closed === null) return
    this.#show({ ...this.#view, closed: null })
    this.#join()
  }

  async destroy(): Promise<void> {
    this.#destroyed = true
    this.#cancelJoin?.()
    this.#session?.destroy()
    this.#session = null
    this.#listeners.clear()
    if (this.#cancelWrite !== null) this.#write()
    await this.#device
  }

  #join(): void {
    this.#cancelJoin = null
    if (this.#destroyed || this.#session !== null) return
    const session = new WindowSession(this.name, this.#around.transport, {
      synced: () => this.#swapIn(session.doc),
      ended: (reason) => this.#ended(reason),
    })
    this.#session = session
  }

  #swapIn(doc: Y.Doc): void {
    this.#backoff.reset()
    doc.on('afterTransaction', () => this.#read(doc))
    this.#read(doc)
  }

  #read(doc: Y.Doc): void {
    const meta = doc.getMap(windowFields.meta).toJSON()
    const entries = new Map(doc.getMap(windowFields.entries).entries())
    this.#show({ entries, meta, seq: seqIn(meta), live: true, closed: null })
    this.#cancelWrite ??= this.#around.clock.after(writtenAfter, () => this.#write())
  }

  #ended(reason: CloseReason | null): void {
    this.#session = null
    this.#show({ ...this.#view, live: false })
    const reaction = reason === null ? null : closeReasons[reason].client
    // With the next socket, whose time the transport knows.
    if (reaction === null) this.#join()
    else if (reason !== null && (reaction === 'stop' || reaction === 'fresh')) this.#stop(reason)
    else this.#joinLater(reaction)
  }

  #joinLater(reaction: CloseReaction): void {
    const { clock, transport } = this.#around
    if (reaction === 'renew') transport.tokens.renew()
    const wait = reaction === 'spread' ? clock.random() * spreadWithin : this.#backoff.next()
    this.#cancelJoin = clock.after(wait, () => this.#join())
  }

  #stop(reason: CloseReason): void {
    const isForgotten = forgotten.has(reason)
    this.#show({ ...(isForgotten ? emptyView : this.#view), closed: reason })
    if (!isForgotten) return
    this.#cancelWrite?.()
    this.#cancelWrite = null
    this.#tellDevice((store) => store.forget(this.name))
  }

  /** What the device has is shown until the server's own is there. */
  async #readDevice(): Promise<void> {
    try {
      const kept = await (await this.#around.store()).read(this.name)
      const isFirst = this.#view.seq === null && this.#view.closed === null
      if (kept !== null && isFirst && !this.#destroyed) this.#show({ ...emptyView, ...kept, seq: seqIn(kept.meta) })
    } catch {
      // A device that keeps nothing shows nothing.
    }
  }

  #write(): void {
    this.#cancelWrite?.()
    this.#cancelWrite = null
    const view = this.#view
    this.#tellDevice((store) => store.write(this.name, view))
  }

  /** In order. Only a convenience: what the device does not take is fetched anew. */
  #tellDevice(work: (store: WindowStore) => Promise<void>): void {
    this.#device = this.#device
      .then(this.#around.store)
      .then(work)
      .catch(() => undefined)
  }

  #show(view: WindowView): void {
    this.#view = view
    for (const listener of [...this.#listeners]) listener()
  }
}

function seqIn(meta: Readonly<Record<string, unknown>>): number | null {
  return typeof meta.seq === 'number' ? meta.seq : null
}
