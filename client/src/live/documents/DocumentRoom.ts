import { type DocumentId, randomId } from '@weft/shared/kit'
import { type CloseReason, closeReasons, type ServerWord } from '@weft/shared/sync'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { DeviceDocument, DeviceStore } from '../device/DeviceStore.ts'
import type { ChannelEvents } from '../transport/Channel.ts'
import type { Clock } from '../transport/Clock.ts'
import type { Transport } from '../transport/Transport.ts'
import type { DocumentSession, DocumentSessionState } from '../types.ts'
import { carryOver } from './carryOver.ts'
import { sameState, saveState } from './saveState.ts'
import { TextReplica } from './TextReplica.ts'

/** Access is gone: without unsent text nothing of the document stays on the device [SAVE-8]. */
const leavesDevice = new Set<CloseReason>(['access-removed', 'not-found'])

/** How often and after what time a document that was made here asks whether the server knows it by now; ms. */
const createTries = 20
const createRetry = 3_000

interface Surroundings {
  transport: Transport
  store: DeviceStore
  clock: Clock
  /** Whether its create command has not gone through, as far as this device knows. */
  awaitsCreate(documentId: DocumentId): Promise<boolean>
  /** Set-aside text has been added or taken away. */
  setAsideChanged(): void
}

/** A document as this page has it open: device first, then the channel; one `Y.Doc` after another if it must be. */
export class DocumentRoom implements DocumentSession {
  readonly documentId: DocumentId
  readonly #around: Surroundings
  readonly #listeners = new Set<() => void>()
  readonly #forget: () => void
  #replica: TextReplica
  #state: DocumentSessionState
  #description: DeviceDocument | null = null
  #awaitsCreate: boolean
  #createTries = 0
  #stopped: { detail?: string } | null = null
  /** Unsent text on its way into a fresh document: it is not saved, though nothing of the fresh one is unsent [SAVE-6]. */
  #carrying: { base: Y.Doc; mine: Y.Doc; asideId: string } | null = null
  #replacing = false
  /** The text that was set aside last: closed once more, it makes no second copy. */
  #aside: { of: TextReplica; id: string } | null = null
  #ended = false
  readonly loading: Promise<void>

  constructor(documentId: DocumentId, around: Surroundings, awaitsCreate = false) {
    this.documentId = documentId
    this.#around = around
    this.#awaitsCreate = awaitsCreate
    this.#state = {
      loaded: false,
      readable: false,
      synced: false,
      mayWrite: true,
      save: { word: 'saving' },
      closed: null,
      generation: 0,
    }
    this.#replica = this.#newReplica()
    this.#forget = around.transport.subscribe(() => this.#refresh())
    this.loading = this.#start()
  }

  get doc(): Y.Doc {
    return this.#replica.doc
  }

  get awareness(): Awareness {
    return this.#replica.awareness
  }

  get state(): DocumentSessionState {
    return this.#state
  }

  get hasUnsent(): boolean {
    return this.#replica.hasUnsent
  }

  /** Own text that is neither on the server nor on the device: leaving the page now loses it. */
  get onlyInPage(): boolean {
    const { channel, journal } = this.#replica
    return !channel.record.saved && !journal.holdsAll
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The create command went through: the channel may be joined. */
  created(): void {
    this.#awaitsCreate = false
    if (this.#description?.created === false) void this.#describe({ created: true })
    if (this.#state.loaded && (this.#state.closed === null || this.#state.closed === 'not-found')) {
      this.#change({ closed: null })
      this.#replica.channel.join()
    }
  }

  /**
   * The create command was refused for good: no channel will come, and the text waits for its writer [SAVE-8]. False:
   * the device did not take it, so that it has to be tried again.
   */
  async createRefused(): Promise<boolean> {
    await this.loading
    const { toMarkdown } = await import('@weft/shared/editor')
    const { title, markdown } = toMarkdown(this.doc)
    if (title + markdown.trim() !== '' && (await this.#setAside('not-found')) === null) return false
    await this.#around.store.forget(this.documentId).catch(() => undefined)
    this.#change({ closed: 'not-found', synced: false, mayWrite: false })
    return true
  }

  /** After a refusal the create command is sent once more: the text is on the device again, and waits for it. */
  async awaitCreateAgain(): Promise<void> {
    this.#awaitsCreate = true
    this.#description = (await this.#around.store.load(this.documentId)).document
    this.#change({ closed: null, mayWrite: true })
    await this.takeInFromDevice()
  }

  /** Takes in what another tab of this person wrote to the device. */
  async takeInFromDevice(): Promise<void> {
    const replica = this.#replica
    if (!this.#state.loaded || this.#state.closed !== null || this.#replacing) return
    const copy = await this.#around.store.load(this.documentId).catch(() => null)
    if (copy !== null && replica === this.#replica && !this.#replacing) replica.takeIn(copy)
    this.#refresh()
  }

  /** Resolves when all that has arrived is on the device; false where the device does not take it. */
  stored(): Promise<boolean> {
    return this.#replica.journal.settled()
  }

  /** Tries a closed channel again: the person asked for it. */
  retry(): void {
    if (this.#state.closed === null) return
    this.#change({ closed: null })
    this.#replica.channel.join()
  }

  async destroy(): Promise<void> {
    this.#forget()
    this.#listeners.clear()
    if (this.#description !== null) await this.#describe({})
    this.#ended = true
    await this.#replica.destroy()
  }

  #newReplica(): TextReplica {
    const { transport, store, clock } = this.#around
    let replica: TextReplica | null = null
    // A replica that was replaced has nothing to say any more.
    const current = <A extends unknown[]>(act: (...args: A) => void) => {
      return (...args: A) => {
        if (replica !== null && replica === this.#replica && !this.#ended) act(...args)
      }
    }
    const events: ChannelEvents = {
      admitted: current((mayWrite) => this.#setMayWrite(mayWrite)),
      synced: current(() => this.#synced()),
      changed: current(() => this.#refresh()),
      word: current((word) => this.#heard(word)),
      ended: current((reason) => void this.#close(reason)),
    }
    replica = new TextReplica({ documentId: this.documentId, transport, store, clock, events })
    return replica
  }

  async #start(): Promise<void> {
    const replica = this.#replica
    try {
      const copy = await this.#around.store.load(this.documentId)
      if (this.#ended) return
      this.#description = copy.document
      replica.takeIn(copy)
      this.#change({
        loaded: true,
        readable: copy.update !== null,
        mayWrite: copy.document?.mayWrite ?? true,
      })
    } catch {
      if (this.#ended) return
      replica.journal.noteFailure()
      this.#change({ loaded: true })
    }
    // Made in an earlier page, perhaps one that was closed before its command could be sent.
    if (this.#description?.created === false) {
      this.#awaitsCreate ||= await this.#around.awaitsCreate(this.documentId)
      if (this.#ended) return
    }
    if (!this.#awaitsCreate) replica.channel.join()
    this.#refresh()
  }

  #synced(): void {
    this.#replica.arrived()
    const carrying = this.#carrying
    this.#carrying = null
    if (carrying !== null && this.#state.mayWrite && carryOver(carrying.base, carrying.mine, this.doc))
      void this.#dropAsideOnceSaved(carrying.asideId)
    this.#change({ readable: true })
    void this.#describe({ created: true })
  }

  #heard(word: ServerWord): void {
    if (word.type === 'access') this.#setMayWrite(word.mayWrite)
    if (word.type !== 'saving') return
    this.#stopped = word.state === 'resumed' ? null : word.reason === undefined ? {} : { detail: word.reason }
    this.#refresh()
  }

  #setMayWrite(mayWrite: boolean): void {
    const { hasUnsent, channel } = this.#replica
    channel.setMayWrite(mayWrite)
    this.#change({ mayWrite })
    if (!mayWrite && hasUnsent) void this.#readOn()
    else if (this.#description?.mayWrite !== mayWrite) void this.#describe({ mayWrite })
  }

  async #close(reason: CloseReason): Promise<void> {
    if (closeReasons[reason].client === 'fresh') return this.#startAfresh(reason)
    if (reason === 'not-found' && this.#description?.created === false && this.#createTries++ < createTries) {
      // Made here in an earlier page, and its create command is still on its way: the text waits for it.
      this.#around.clock.after(createRetry, () => {
        if (!this.#ended && this.#state.closed === null) this.#replica.channel.join()
      })
      this.#refresh()
      return
    }
    this.#change({ closed: reason, synced: false })
    if (!leavesDevice.has(reason) || this.#description?.created === false) return
    this.#change({ mayWrite: false })
    if (!this.#replica.hasUnsent) await this.#around.store.forget(this.documentId).catch(() => undefined)
    else if (await this.#setAside(reason)) await this.#around.store.forget(this.documentId).catch(() => undefined)
  }

  /** The right to write is gone with text unsent: it is set aside, and reading goes on in a fresh `Y.Doc` [SAVE-8]. */
  async #readOn(): Promise<void> {
    this.#replica.channel.leave()
    if (await this.#setAside('access-removed')) this.#replace().channel.join()
    else this.#change({ closed: 'access-removed' })
  }

  /** Structs of ours carry a client id that is not ours: the text goes on under a new one [IDENT-2]. */
  async #startAfresh(reason: CloseReason): Promise<void> {
    const { store } = this.#around
    const mine = this.doc
    const base = new Y.Doc()
    // Marks wait a while: what was acknowledged meanwhile is the server's too, and not to be carried over.
    await this.#replica.journal.flush()
    const copy = await store.load(this.documentId).catch(() => null)
    if (copy?.sent) Y.applyUpdate(base, copy.sent)
    // A second time at once: carrying it over again would loop.
    const again = this.#carrying !== null
    const hadUnsent = this.#replica.hasUnsent
    const aside = hadUnsent ? await this.#setAside(reason) : null
    if (hadUnsent && aside === null) return this.#change({ closed: reason })
    if (!hadUnsent) await store.forget(this.documentId).catch(() => undefined)
    this.#carrying = aside === null || copy === null || again ? null : { base, mine, asideId: aside }
    this.#replace().channel.join()
  }

  /** Keeps the whole text on the device, apart from the document; null if the device does not take it. */
  async #setAside(why: CloseReason): Promise<string | null> {
    this.#replacing = true
    try {
      const { toMarkdown } = await import('@weft/shared/editor')
      const id = this.#aside?.of === this.#replica ? this.#aside.id : randomId()
      const state = Y.encodeStateAsUpdate(this.doc)
      const { documentId } = this
      await this.#around.store.setAside({
        id,
        documentId,
        ...toMarkdown(this.doc),
        state,
        why,
        at: this.#around.clock.now(),
      })
      this.#aside = { of: this.#replica, id }
      this.#around.setAsideChanged()
      return id
    } catch {
      return null
    } finally {
      this.#replacing = false
    }
  }

  async #dropAsideOnceSaved(id: string): Promise<void> {
    await new Promise<void>((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#state.save.word !== 'saved') return
        stop()
        resolve()
      })
    })
    await this.#around.store.discardSetAside(id).catch(() => undefined)
    this.#around.setAsideChanged()
  }

  #replace(): TextReplica {
    const old = this.#replica
    this.#replica = this.#newReplica()
    this.#change({ generation: this.#state.generation + 1, readable: false, synced: false, closed: null })
    // The editor still shows the old one until it has mounted anew.
    this.#around.clock.after(0, () => void old.destroy())
    return this.#replica
  }

  /** Notes what a page without a connection should know of the document. Without it, it only shows less. */
  async #describe(change: Partial<Pick<DeviceDocument, 'created' | 'mayWrite'>>): Promise<void> {
    const { documentId } = this
    const known = this.#description ?? { documentId, title: '', mayWrite: true, created: true, openedAt: 0 }
    const described = { ...known, mayWrite: this.#state.mayWrite, ...change, openedAt: this.#around.clock.now() }
    this.#description = described
    try {
      const { titleOf } = await import('@weft/shared/text')
      if (this.#ended || this.#state.closed !== null || this.#description !== described) return
      await this.#around.store.describe({ ...described, title: titleOf(this.doc) })
    } catch {
      // The next change of it is stored as well.
    }
  }

  #refresh(): void {
    this.#replica.noteAcknowledged()
    this.#change({})
  }

  #change(change: Partial<DocumentSessionState>): void {
    const { channel, journal } = this.#replica
    const next = { ...this.#state, ...change, synced: channel.synced }
    next.save = saveState({
      saved: channel.record.saved && this.#carrying === null,
      connection: this.#around.transport.connection,
      closed: next.closed,
      stopped: this.#stopped,
      onDevice: next.loaded && journal.holdsAll,
      deviceFailed: journal.failed,
    })
    if (sameState(this.#state, next)) return
    this.#state = next
    for (const listener of [...this.#listeners]) listener()
  }
}
