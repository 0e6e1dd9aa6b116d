import type { Document } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { type Clock, type Live, pageClock } from '../../live/index.ts'
import type { Kept, OfflineStore } from '../OfflineStore.ts'
import { staleDocuments } from './staleDocuments.ts'

export interface KeepingState {
  /** What the person keeps, by id; null until the device has answered. */
  kept: ReadonlyMap<string, Kept> | null
  /** Documents of it whose text is here. */
  here: ReadonlySet<DocumentId>
  /** Documents that are being fetched or wait for it. */
  missing: ReadonlySet<DocumentId>
  /** The device did not take the last one: there is no room, or the browser does not let the page store anything. */
  refused: boolean
}

interface Surroundings {
  live: Pick<Live, 'fetchToDevice' | 'connection' | 'onConnection'>
  store: OfflineStore
  /**
   * The documents of a workspace, from the server unless it has just been asked; null where it cannot be asked now,
   * `gone` where this person does not belong to it any more.
   */
  listDocuments(workspaceId: WorkspaceId): Promise<readonly Document[] | 'gone' | null>
  clock?: Clock
}

/** Few enough that what the person has open does not wait. */
const atOnce = 2
/** Edits of others are not announced to pages that do not show them; ms. */
const lookEvery = 3 * 60_000
/** Lists change in bursts; ms. */
const soon = 1_000

/** Keeps chosen documents on this device, and up to date: those that nobody has opened here too. */
export class Keeper {
  readonly #around: Surroundings
  readonly #clock: Clock
  readonly #listeners = new Set<() => void>()
  readonly #otherTabs: BroadcastChannel | null
  readonly #stopConnection: () => void
  #state: KeepingState = { kept: null, here: new Set(), missing: new Set(), refused: false }
  #running: Promise<void> | null = null
  #again = false
  #cancelNext: (() => void) | null = null
  #ended = false

  constructor(around: Surroundings) {
    this.#around = around
    this.#clock = around.clock ?? pageClock
    this.#otherTabs =
      'BroadcastChannel' in globalThis ? new BroadcastChannel(`weft-keeping-${around.store.userId}`) : null
    this.#otherTabs?.addEventListener('message', () => void this.#read())
    let wasOnline = false
    this.#stopConnection = around.live.onConnection(() => {
      const online = around.live.connection === 'online'
      if (online && !wasOnline) this.wake()
      wasOnline = online
    })
    void this.#read().then(() => this.wake())
  }

  get state(): KeepingState {
    return this.#state
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps it from now on. Resolves once the wish is stored; the texts follow. False: the device does not take it. */
  async keep(kept: Kept): Promise<boolean> {
    const stored = await this.#around.store.keep(kept)
    await this.#changedHere()
    this.#change({ refused: !stored })
    return stored
  }

  /** Keeps it no longer. What is here stays until it is removed, as what was opened does. */
  async letGo(id: Kept['id']): Promise<void> {
    await this.#around.store.letGo(id)
    await this.#changedHere()
  }

  /** A copy was deleted from this device by its owner. */
  async removed(documentId: DocumentId): Promise<void> {
    await this.#around.store.forgetCopy(documentId)
    await this.#changedHere()
  }

  /** Lists have changed: looks soon whether something is to be fetched. */
  wake(): void {
    this.#after(soon)
  }

  end(): void {
    this.#ended = true
    this.#cancelNext?.()
    this.#stopConnection()
    this.#otherTabs?.close()
    this.#listeners.clear()
  }

  async #changedHere(): Promise<void> {
    await this.#read()
    this.#otherTabs?.postMessage('changed')
    this.wake()
  }

  async #read(): Promise<void> {
    const [kept, copies] = await Promise.all([this.#around.store.kept(), this.#around.store.copies()])
    if (this.#ended) return
    this.#change({
      kept: new Map(kept.map((entry) => [entry.id, entry])),
      here: new Set(copies.map(({ documentId }) => documentId)),
    })
  }

  #after(ms: number): void {
    if (this.#ended) return
    this.#cancelNext?.()
    this.#cancelNext = this.#clock.after(ms, () => void this.#look())
  }

  async #look(): Promise<void> {
    if (this.#running !== null) {
      this.#again = true
      return
    }
    this.#running = this.#alone(() => this.#round())
    await this.#running
    this.#running = null
    const again = this.#again
    this.#again = false
    this.#after(again ? soon : lookEvery)
  }

  /** One tab of a person fetches for all of them. */
  async #alone(run: () => Promise<void>): Promise<void> {
    if (!('locks' in navigator)) return run()
    await navigator.locks.request(`weft-keeping-${this.#around.store.userId}`, { ifAvailable: true }, async (lock) => {
      if (lock !== null) await run()
    })
  }

  async #round(): Promise<void> {
    const { store, live, listDocuments } = this.#around
    const [kept, copies] = await Promise.all([store.kept(), store.copies()])
    if ((kept.length === 0 && copies.length === 0) || live.connection === 'offline' || this.#ended) return
    const workspaces = new Set([
      ...kept.map((entry) => (entry.what === 'workspace' ? entry.id : entry.workspaceId)),
      ...copies.map(({ workspaceId }) => workspaceId),
    ])
    const listed = new Map<string, readonly Document[]>()
    for (const workspaceId of workspaces) {
      const documents = await listDocuments(workspaceId)
      if (documents === 'gone') await store.letGo(workspaceId)
      if (documents !== null) listed.set(workspaceId, documents === 'gone' ? [] : documents)
    }
    const { stale, unlisted } = staleDocuments(kept, copies, listed)
    this.#change({ missing: new Set(stale.map(({ id }) => id)), refused: false })
    const queue: { documentId: DocumentId; document: Document | null }[] = [
      ...stale.map((document) => ({ documentId: document.id, document })),
      ...unlisted.map(({ documentId }) => ({ documentId, document: null })),
    ]
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        if (this.#ended || live.connection === 'offline' || this.#state.refused) return
        await this.#fetch(next.documentId, next.document)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }

  /** A document that is not listed any more is asked for once: being refused, its copy leaves the device. */
  async #fetch(documentId: DocumentId, document: Document | null): Promise<void> {
    const { store, live } = this.#around
    const how = await live.fetchToDevice(documentId)
    if (this.#ended) return
    switch (how) {
      case 'stored':
        if (document === null) return
        await store.noteCopy({ documentId, workspaceId: document.workspaceId, updatedAt: document.updatedAt })
        this.#note(documentId, true)
        return
      case 'refused':
        await Promise.all([store.forgetCopy(documentId), store.letGo(documentId)])
        this.#note(documentId, false)
        return
      case 'device-refused':
        this.#change({ refused: true })
        return
      case 'unreachable':
        // The next round asks again.
        return
    }
  }

  #note(documentId: DocumentId, isHere: boolean): void {
    const [here, missing] = [new Set(this.#state.here), new Set(this.#state.missing)]
    if (isHere) here.add(documentId)
    else here.delete(documentId)
    missing.delete(documentId)
    this.#change({ here, missing })
  }

  #change(change: Partial<KeepingState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of [...this.#listeners]) listener()
  }
}
