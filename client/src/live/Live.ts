import type { DocumentKind } from '@weft/shared/documents'
import type { CommandId, DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { CloseReason, SocketToken } from '@weft/shared/sync'
import type { DeviceDocument, DeviceStore, SetAside } from './device/DeviceStore.ts'
import { IndexedDbStore } from './device/IndexedDbStore.ts'
import { DocumentRoom } from './documents/DocumentRoom.ts'
import { renameHere } from './documents/renameHere.ts'
import { type Fetched, fetchToDevice } from './fetchToDevice.ts'
import type { LiveFiles } from './files/LiveFiles.ts'
import { LiveOutbox } from './outbox/LiveOutbox.ts'
import type { OutboxRow } from './outbox/OutboxRow.ts'
import { RoomKeeper } from './RoomKeeper.ts'
import { syncUnsent } from './syncUnsent.ts'
import { type Clock, pageClock } from './transport/Clock.ts'
import { Transport } from './transport/Transport.ts'
import type { Way } from './transport/Ways.ts'
import type { Connection } from './types.ts'
import { WorkspaceRoom } from './WorkspaceRoom.ts'
import type { WindowRooms } from './windows/WindowRooms.ts'

export interface LiveOptions {
  account: { id: UserId }
  /** Of the socket: `ws(s)://…/sync`. */
  url: string
  /** Asks the server for a socket token; rejects with a `WeftError` that says `sign-in` when nobody is signed in. */
  fetchToken: () => Promise<SocketToken>
  deviceStore?: DeviceStore
  clock?: Clock
  /** False: WebSockets alone. */
  fallback?: boolean
}

/** A room is kept this long after its last user has let go: going back and forth should not rejoin; ms. */
const keptFor = 5_000
/** Text that a closed tab left on the device is looked for this often while online; ms. */
const lookEvery = 60_000

/** What one signed-in person's page has to do with the server's channels and with the device. One for each page. */
export class Live {
  readonly userId: UserId
  /** Commands on their way to the server. */
  readonly outbox: LiveOutbox
  readonly #transport: Transport
  readonly #store: DeviceStore
  readonly #clock: Clock
  readonly #documents: RoomKeeper<DocumentId, DocumentRoom>
  readonly #workspaces: RoomKeeper<WorkspaceId, WorkspaceRoom>
  /** Documents made in this page whose create command is on its way. */
  readonly #creating = new Set<DocumentId>()
  readonly #setAsideListeners = new Set<() => void>()
  readonly #tabs: BroadcastChannel | null
  #windows: Promise<WindowRooms> | null = null
  #files: Promise<LiveFiles> | null = null
  #openFiles: LiveFiles | null = null
  #cancelLook: (() => void) | null = null
  #syncing = false
  #ended = false

  constructor(options: LiveOptions) {
    const clock = options.clock ?? pageClock
    this.userId = options.account.id
    this.#clock = clock
    this.#store = options.deviceStore ?? new IndexedDbStore(this.userId)
    this.#transport = new Transport({
      url: options.url,
      fetchToken: options.fetchToken,
      clock,
      ...(options.fallback === false ? {} : { fallbackFor: this.userId }),
    })
    this.outbox = new LiveOutbox(() => this.#store.outbox(), {
      userId: this.userId,
      clock,
      acknowledged: async (documentId) => !(await this.unsent()).includes(documentId),
      refusing: ({ call }) =>
        call.name === 'documents.create' ? this.createRefused(call.input.id) : Promise.resolve(true),
      settled: (row) => this.#settled(row),
      files: () => this.files(),
    })
    const around = {
      transport: this.#transport,
      store: this.#store,
      clock,
      setAsideChanged: () => {
        for (const listener of [...this.#setAsideListeners]) listener()
      },
      awaitsCreate: (documentId: DocumentId) => this.outbox.awaitsCreate(documentId),
    }
    this.#documents = new RoomKeeper(clock, keptFor, (id) => new DocumentRoom(id, around, this.#creating.has(id)))
    this.#workspaces = new RoomKeeper(clock, keptFor, (id) => new WorkspaceRoom(id, around))
    this.#tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel(`weft-${this.userId}`) : null
    this.#tabs?.addEventListener('message', ({ data }) => {
      if (data === 'signed-out') this.#transport.stop('signed-out')
    })
    let wasOnline = false
    this.#transport.subscribe(() => {
      const online = this.#transport.connection === 'online'
      if (online && !wasOnline) {
        this.outbox.wake()
        void this.#sendLeftBehind()
      }
      wasOnline = online
    })
    window.addEventListener('beforeunload', this.#askBeforeLeaving)
    void navigator.storage?.persist?.().catch(() => false)
    this.#lookAgain()
    void this.unsent().then((ids) => {
      if (ids.length > 0 && !this.#ended) this.#transport.want()
    })
  }

  get ended(): boolean {
    return this.#ended
  }

  get connection(): Connection {
    return this.#transport.connection
  }

  /** By what frames travel, or travelled last. */
  get way(): Way {
    return this.#transport.way
  }

  /** Why this page stays disconnected until somebody acts; null while it connects by itself. */
  get stopped(): CloseReason | null {
    return this.#transport.stopped
  }

  onConnection(listener: () => void): () => void {
    return this.#transport.subscribe(listener)
  }

  /** Connects now, and tries closed documents again: after signing in again, or because the person asks. */
  retry(): void {
    this.#transport.retry()
    this.outbox.wake()
    for (const room of this.#documents.all()) room.retry()
    this.#windows?.then((windows) => windows.retry()).catch(() => undefined)
  }

  /** The document's room. It is let go unless somebody holds it within seconds. */
  document(documentId: DocumentId): DocumentRoom {
    return this.#documents.get(documentId)
  }

  /** Keeps the room until the returned function is called. */
  holdDocument(documentId: DocumentId): () => void {
    return this.#documents.hold(documentId)
  }

  workspace(workspaceId: WorkspaceId): WorkspaceRoom {
    return this.#workspaces.get(workspaceId)
  }

  holdWorkspace(workspaceId: WorkspaceId): () => void {
    return this.#workspaces.hold(workspaceId)
  }

  /** Live views on tables. Their code arrives with the first that is looked at. */
  windows(): Promise<WindowRooms> {
    this.#windows ??= import('./windows/WindowRooms.ts').then(({ WindowRooms }) => {
      const around = { transport: this.#transport, clock: this.#clock, store: () => this.#store.windows() }
      return new WindowRooms(around)
    })
    // Its file could not be fetched: the next who looks tries again.
    this.#windows.catch(() => {
      this.#windows = null
    })
    return this.#windows
  }

  /** Files that are added on this device, on their way to the server. Their code arrives with the first. */
  files(): Promise<LiveFiles> {
    this.#files ??= import('./files/LiveFiles.ts').then(({ LiveFiles }) => {
      const around = { store: () => this.#store.files(), outbox: this.outbox, userId: this.userId }
      this.#openFiles = new LiveFiles(around)
      return this.#openFiles
    })
    this.#files.catch(() => {
      this.#files = null
    })
    return this.#files
  }

  /**
   * Makes a document on this device, with its kind's seed: it can be opened and written into at once. Its channel is
   * joined when `created` says that the create command has gone through [EVENT-4].
   */
  async createLocal(documentId: DocumentId, kind: DocumentKind): Promise<void> {
    this.#creating.add(documentId)
    const { seedUpdate } = await import('@weft/shared/text')
    const document = { documentId, title: '', mayWrite: true, created: false, openedAt: this.#clock.now() }
    // Without a device the seed comes from the server, as row 1 of the document.
    await Promise.all([this.#store.describe(document), this.#store.append(documentId, seedUpdate(kind), true)]).catch(
      () => undefined,
    )
    await this.#documents.find(documentId)?.takeInFromDevice()
  }

  /** The create command of a document went through. */
  async created(documentId: DocumentId): Promise<void> {
    this.#creating.delete(documentId)
    const room = this.#documents.find(documentId)
    if (room !== undefined) return room.created()
    const known = (await this.documentsOnDevice()).find((document) => document.documentId === documentId)
    if (known !== undefined) await this.#store.describe({ ...known, created: true }).catch(() => undefined)
  }

  /** The create command of a document was refused for good: what was written in it is set aside [SAVE-8]. False: not yet. */
  async createRefused(documentId: DocumentId): Promise<boolean> {
    this.#creating.add(documentId)
    const letGo = this.#documents.hold(documentId)
    try {
      return await this.#documents.get(documentId).createRefused()
    } finally {
      letGo()
      this.#creating.delete(documentId)
    }
  }

  /**
   * Makes ready for another try what a refused create command left: its text comes back from where it was set aside, and
   * its channel waits for the command again.
   */
  async #takeBackCreate(documentId: DocumentId): Promise<void> {
    const asides = (await this.setAside()).filter((aside) => aside.documentId === documentId)
    for (const { state } of asides) await this.#store.append(documentId, state, true)
    await this.createLocal(documentId, 'rich')
    await this.#documents.find(documentId)?.awaitCreateAgain()
    for (const { id } of asides) await this.discardSetAside(id)
  }

  /**
   * Renames a document by editing its title here, if its text is in this page or on this device; false: it is not, or may
   * not be written. With a connection the server's text comes first.
   */
  async rename(documentId: DocumentId, title: string): Promise<boolean> {
    const letGo = this.#documents.hold(documentId)
    try {
      return await renameHere(this.#documents.get(documentId), title, this.#transport, this.#clock)
    } finally {
      letGo()
    }
  }

  /** Sends a refused command, and what was refused because of it, once more; what it made here comes back first. */
  async retryCommand(commandId: CommandId): Promise<void> {
    for (const { call } of this.outbox.refusedWith(commandId)) {
      if (call.name === 'documents.create') await this.#takeBackCreate(call.input.id)
    }
    await this.outbox.retry(commandId)
  }

  /** What can be opened without the server. Empty where the device store does not work. */
  documentsOnDevice(): Promise<DeviceDocument[]> {
    return this.#store.documents().catch(() => [])
  }

  /** What each document takes on the device, in bytes. Rejects where the device store does not work. */
  sizesOnDevice(): Promise<ReadonlyMap<DocumentId, number>> {
    return this.#store.sizes()
  }

  /** Brings a document's text onto the device without opening it, or up to date there. */
  fetchToDevice(documentId: DocumentId): Promise<Fetched> {
    return fetchToDevice(documentId, this.#documents, this.#transport, this.#clock)
  }

  /** Deletes this device's copy. False: it is open, or holds text that the server does not have, and stays. */
  async forgetOnDevice(documentId: DocumentId): Promise<boolean> {
    if ((await this.#store.unsentDocuments()).includes(documentId)) return false
    // Last: a room that opens after this reads what is left.
    if (this.#documents.find(documentId) !== undefined) return false
    await this.#store.forget(documentId)
    return true
  }

  /** Documents with own text that the server is not known to have. */
  async unsent(): Promise<DocumentId[]> {
    const stored = await this.#store.unsentDocuments().catch(() => [])
    const held = this.#documents.all().filter((room) => room.hasUnsent)
    // What an open room knows is newer than its rows.
    const left = stored.filter((id) => this.#documents.find(id)?.hasUnsent ?? true)
    return [...new Set([...left, ...held.map((room) => room.documentId)])]
  }

  /** Own text that could not be saved and waits for the person [SAVE-8]. */
  setAside(): Promise<SetAside[]> {
    return this.#store.listSetAside().catch(() => [])
  }

  async discardSetAside(id: string): Promise<void> {
    await this.#store.discardSetAside(id)
    for (const listener of [...this.#setAsideListeners]) listener()
  }

  onSetAside(listener: () => void): () => void {
    this.#setAsideListeners.add(listener)
    return () => this.#setAsideListeners.delete(listener)
  }

  /** Ends everything and deletes what this person has on this device. Ask about `unsent()` and `setAside()` before. */
  async signOut(): Promise<void> {
    // The server may have closed the socket first, and the page have ended for it: the device forgets all the same.
    if (!this.#ended) this.#tabs?.postMessage('signed-out')
    await this.end()
    await this.#store.deleteAll()
  }

  /** Ends everything; the device keeps its text. */
  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    this.#cancelLook?.()
    window.removeEventListener('beforeunload', this.#askBeforeLeaving)
    this.outbox.end()
    await Promise.all([
      this.#documents.end(),
      this.#workspaces.end(),
      this.#windows?.then((windows) => windows.end()).catch(() => undefined),
      this.#files?.then((files) => files.end()).catch(() => undefined),
    ])
    this.#transport.destroy()
    this.#tabs?.close()
    this.#store.close()
  }

  /** A command has gone through or was refused, in this page or another of the same person. */
  #settled(row: OutboxRow): void {
    const { call, state } = row
    if (call.name === 'files.add' || call.name === 'files.attach')
      void this.files()
        .then((files) => files.settled(row))
        .catch(() => undefined)
    if (call.name !== 'documents.create') return
    const { id } = call.input
    if (state === 'done') void this.created(id).then(() => this.#sendLeftBehind())
    else if (this.#documents.find(id)?.state.closed === null) void this.createRefused(id)
  }

  /** Own text, or a command, is neither on the server nor on the device: this page must stay. */
  get onlyInPage(): boolean {
    const files = this.#openFiles?.onlyInPage ?? false
    return files || this.outbox.onlyInPage || this.#documents.all().some((room) => room.onlyInPage)
  }

  #askBeforeLeaving = (event: BeforeUnloadEvent): void => {
    if (this.onlyInPage) event.preventDefault()
  }

  #lookAgain(): void {
    this.#cancelLook = this.#clock.after(lookEvery, () => {
      void this.#sendLeftBehind()
      this.#lookAgain()
    })
  }

  /** Sends what the device holds and the server lacks, of documents that are not open too. */
  async #sendLeftBehind(): Promise<void> {
    if (this.#syncing || this.#ended || this.connection !== 'online') return
    this.#syncing = true
    try {
      const ids: DocumentId[] = []
      for (const id of await this.#store.unsentDocuments()) {
        if (!this.#creating.has(id) && !(await this.outbox.awaitsCreate(id))) ids.push(id)
      }
      await syncUnsent(ids, this.#documents, this.#transport, this.#clock)
    } catch {
      // The device does not say what it holds; it is asked again in a minute.
    } finally {
      this.#syncing = false
    }
  }
}

/** Starts a page's live part for a signed-in person. */
export const createLive = (options: LiveOptions): Live => new Live(options)
