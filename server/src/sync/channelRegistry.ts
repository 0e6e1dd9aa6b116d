import { type Document, Hocuspocus, type onLoadDocumentPayload } from '@hocuspocus/server'
import { type DocumentId, WeftError } from '@weft/shared/kit'
import { type Channel, documentChannel, parseChannel } from '@weft/shared/sync'
import { patience } from './bounds.ts'
import { type ClientIdStore, ClientIds } from './clientIds.ts'
import type { RoomDependencies } from './dependencies.ts'
import { type EarlyReader, EarlyReaders } from './earlySnapshot.ts'
import { LiveChannel } from './liveChannel.ts'
import { setAside } from './setAside.ts'
import { applyText, CorruptText, readText } from './textStore.ts'

/** [SAVE-7] A document that is kept as it is, because it cannot be read. */
export class SetAside extends Error {}

/** Its message is empty on purpose: Hocuspocus prints the others to the console. */
class LoadFailed extends Error {
  constructor(cause: unknown) {
    super('', { cause })
  }
}

/** A document leaves memory only when all of it is on disk, asked in the tick in which it goes [SAVE-5]. */
class Documents extends Hocuspocus {
  isStored: (name: string) => boolean = () => true

  override shouldUnloadDocument(document: Document): boolean {
    return super.shouldUnloadDocument(document) && this.isStored(document.name)
  }
}

const serverRequest = new Request('http://localhost/sync')

/** The channels in memory: loads them once, however many ask, and lets them go when nobody is there. */
export class ChannelRegistry {
  readonly channels = new Map<string, LiveChannel>()
  readonly #deps: RoomDependencies
  readonly #clientIds: ClientIdStore
  readonly #documents: Documents
  readonly #early = new EarlyReaders()
  #closing = false

  constructor(deps: RoomDependencies, clientIds: ClientIdStore) {
    this.#deps = deps
    this.#clientIds = clientIds
    this.#documents = new Documents({
      quiet: true,
      // Hocuspocus hands each change on at once: what is collected, and until when, is the hold's business.
      flushDelay: false,
      onLoadDocument: (payload) => this.#load(payload),
      afterLoadDocument: async ({ document }) => {
        // Its change hooks and debounced store would run for each keystroke, and are not used.
        document.onUpdate(() => {})
      },
    })
    this.#documents.isStored = (name) => {
      const live = this.channels.get(name)
      return live === undefined || (live.isStored && (live.clientIds?.allStored ?? true))
    }
  }

  get(name: string): LiveChannel | undefined {
    return this.channels.get(name)
  }

  document(documentId: DocumentId): LiveChannel | undefined {
    return this.channels.get(documentChannel(documentId))
  }

  /**
   * Calls `use` with the living channel, in the tick in which it is known to live: an unload may come between a load
   * and its awaiter, and nothing may be done to a destroyed document [SAVE-5]. Rejects with `SetAside`, or with what
   * the load failed of. If the text has to be loaded first, `early` gets it as it is stored.
   */
  async open<T>(channel: Channel, use: (live: LiveChannel) => T, early?: EarlyReader): Promise<T> {
    const leave = early && this.#early.add(channel.name, early)
    try {
      for (;;) {
        const document = await this.#create(channel.name)
        const live = this.channels.get(channel.name)
        if (live?.document !== document || document.isDestroyed) continue
        if (!this.#deps.windows.isOutdated(channel.name)) return use(live)
        await this.#unload(live)
      }
    } finally {
      leave?.()
    }
  }

  /** Lets a channel go when nobody is in it and its text is stored; a commit or a later call tries again. */
  release(live: LiveChannel): void {
    if (this.#isIdle(live)) void this.#unload(live)
  }

  async close(): Promise<void> {
    this.#closing = true
    await Promise.all(
      [...this.channels.values()].filter((live) => this.#isIdle(live)).map((live) => this.#unload(live)),
    )
  }

  #isIdle(live: LiveChannel): boolean {
    const isHere = this.channels.get(live.channel.name) === live
    return isHere && live.document.getConnectionsCount() === 0 && live.isStored
  }

  async #unload(live: LiveChannel): Promise<void> {
    try {
      await this.#documents.unloadDocument(live.document)
    } catch (error) {
      this.#deps.log.error({ err: error, channel: live.channel.name }, 'a channel could not be let go')
    }
    // An unload of the name that was still ending, or a claim that is not stored yet, may have stood in the way.
    if (this.#isIdle(live) && !this.#closing) setTimeout(() => this.release(live), patience.retry).unref()
  }

  async #create(name: string): Promise<Document> {
    try {
      return await this.#documents.createDocument(name, serverRequest, 'server', {
        isAuthenticated: true,
        readOnly: false,
      })
    } catch (error) {
      throw error instanceof LoadFailed ? error.cause : error
    }
  }

  async #load({ document, documentName }: onLoadDocumentPayload): Promise<void> {
    try {
      const channel = parseChannel(documentName)
      if (channel === null) throw new Error('not a channel')
      // Ours is in ChannelAwareness; Hocuspocus' own would only keep a timer.
      document.awareness.destroy()
      // It would encode each change for each connection and send it before its commit: LiveChannel does [SAVE-2].
      Object.defineProperty(document, 'broadcast', { value: () => {} })
      const live = await this.#fill(channel, document)
      this.channels.set(documentName, live)
      document.on('destroy', () => this.#forget(live))
      live.start()
    } catch (error) {
      // Hocuspocus leaves it, and its timer, behind.
      document.destroy()
      throw new LoadFailed(error)
    }
  }

  async #fill(channel: Channel, document: Document): Promise<LiveChannel> {
    if (channel.kind === 'doc') return this.#loadText(channel, document)
    if (channel.kind === 'window') await this.#deps.windows.load(channel, document)
    return new LiveChannel(channel, document, null, this.#deps)
  }

  async #loadText(channel: Channel & { kind: 'doc' }, document: Document): Promise<LiveChannel> {
    const { storage, journal } = this.#deps
    const { documentId } = channel
    const row = await storage.read
      .selectFrom('documents')
      .select(['set_aside', 'workspace_id'])
      .where('id', '=', documentId)
      .executeTakeFirst()
    if (row === undefined) throw new WeftError('not-found', 'There is no such document.')
    if (row.set_aside !== null) throw new SetAside(row.set_aside)
    this.#deps.workspaceBytes.follow(row.workspace_id)
    try {
      const text = await readText(storage, documentId)
      this.#early.tell(channel.name, text)
      const owners = await this.#clientIds.load(documentId)
      const bytes = applyText(documentId, text, document)
      const live = new LiveChannel(
        channel,
        document,
        {
          clientIds: new ClientIds(documentId, document, owners, this.#clientIds),
          workspaceId: row.workspace_id,
        },
        this.#deps,
      )
      live.bytes = bytes
      journal.open(documentId, text.head)
      return live
    } catch (error) {
      if (!(error instanceof CorruptText)) throw error
      this.#deps.log.error({ err: error, documentId }, 'a document cannot be read and is set aside')
      await setAside(this.#deps, documentId, error.message)
      throw new SetAside(error.message)
    }
  }

  #forget(live: LiveChannel): void {
    this.channels.delete(live.channel.name)
    if (live.documentId !== null) this.#deps.journal.close(live.documentId)
  }
}
