import { AttachFile } from '@weft/shared/files'
import { CommandId, type DocumentId, type FileId, randomId, type UserId, WeftError } from '@weft/shared/kit'
import type { LiveOutbox } from '../outbox/LiveOutbox.ts'
import type { OutboxRow, Refusal } from '../outbox/OutboxRow.ts'
import type { FileStore, WaitingFile } from './FileStore.ts'
import { sendFile } from './sendFile.ts'

/** Where a file of this device is on its way. `progress` from 0 to 1; null: it does not move now. */
export type FileOnItsWay =
  | { state: 'sending'; progress: number | null }
  | { state: 'refused'; refusal: Refusal | undefined; commandId: CommandId }

/** What was sent stays in the page for so many files, so that what one sees is not fetched again. */
const mostInPage = 30

const isAddOf =
  (fileId: string) =>
  ({ call }: OutboxRow): boolean =>
    call.name === 'files.add' && call.input.fileId === fileId

/**
 * Files that are added on this device: kept here until the server has them, and sent by the outbox behind whatever they
 * belong to [EVENT-4].
 */
export class LiveFiles {
  readonly #store: () => Promise<FileStore>
  readonly #outbox: LiveOutbox
  readonly #userId: UserId
  readonly #inPage = new Map<FileId, WaitingFile>()
  readonly #progress = new Map<FileId, number>()
  readonly #sending = new Map<FileId, AbortController>()
  readonly #listeners = new Set<() => void>()
  readonly #notOnDevice = new Set<FileId>()
  readonly #stop: () => void
  /** Files whose rows were there when this page last looked. */
  #rows = new Set<FileId>()

  constructor(options: { store: () => Promise<FileStore>; outbox: LiveOutbox; userId: UserId }) {
    this.#store = options.store
    this.#outbox = options.outbox
    this.#userId = options.userId
    this.#stop = this.#outbox.subscribe(() => this.#look())
    this.#look()
  }

  /** A file is on its way that is nowhere but in this page. */
  get onlyInPage(): boolean {
    return [...this.#notOnDevice].some((fileId) => this.onItsWay(fileId) !== null)
  }

  /** Called when a file moves. What waits and what was refused is in the outbox' rows. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    const stop = this.#outbox.subscribe(listener)
    return () => {
      this.#listeners.delete(listener)
      stop()
    }
  }

  /** Resolves when the file is on this device (or known to be in this page only) and on its way. */
  async add(file: WaitingFile, { documentId, name }: { documentId: DocumentId; name: string }): Promise<void> {
    const { fileId } = file
    this.#inPage.set(fileId, file)
    await this.#store()
      .then((store) => store.put(file))
      .catch(() => this.#notOnDevice.add(fileId))
    await this.#outbox.add({
      commandId: CommandId.parse(randomId()),
      call: { name: 'files.add', input: { documentId, fileId, name } },
      workspaceId: null,
      title: name,
      writes: [],
      reads: await this.#unmade(documentId),
      awaits: [],
    })
  }

  /** Lets a document show a file that another one shows. */
  async attach(documentId: DocumentId, fileId: FileId): Promise<void> {
    await this.#outbox.add({
      commandId: CommandId.parse(randomId()),
      call: { name: 'files.attach', input: AttachFile.parse({ documentId, fileId }) },
      workspaceId: null,
      title: '',
      writes: [],
      reads: await this.#unmade(documentId),
      awaits: [],
    })
  }

  /** What this device has of a file; null: ask the server for it. */
  async local(fileId: FileId): Promise<Blob | null> {
    const file = this.#inPage.get(fileId) ?? (await this.#stored(fileId))
    return file === null ? null : new Blob([file.bytes], { type: file.type })
  }

  /** Null: the server has it, or another device may. */
  onItsWay(fileId: string): FileOnItsWay | null {
    const row = this.#outbox.rows.find(isAddOf(fileId))
    if (row === undefined || row.state === 'done') return null
    if (row.state === 'refused') return { state: 'refused', refusal: row.refusal, commandId: row.commandId }
    return { state: 'sending', progress: this.#progress.get(fileId as FileId) ?? null }
  }

  /** Gives up sending a file, whatever has become of it so far. */
  async cancel(fileId: FileId): Promise<void> {
    const row = this.#outbox.rows.find(isAddOf(fileId))
    if (row !== undefined) await this.#outbox.withdraw(row.commandId)
    this.#sending.get(fileId)?.abort()
    this.#inPage.delete(fileId)
    this.#tell()
  }

  /** Carries a file of the outbox once. Resolves with the error that it met, and what `Retry-After` said. */
  async carry(input: { documentId: DocumentId; fileId: FileId; name: string }) {
    const { fileId } = input
    const file = this.#inPage.get(fileId) ?? (await this.#stored(fileId))
    if (file === null) return { after: null, error: new WeftError('not-found', 'This device has lost the file.') }
    const ended = new AbortController()
    this.#sending.set(fileId, ended)
    const progress = (share: number): void => {
      this.#progress.set(fileId, share)
      this.#tell()
    }
    try {
      return await sendFile(file, { ...input, userId: this.#userId, signal: ended.signal, progress })
    } finally {
      this.#sending.delete(fileId)
      this.#progress.delete(fileId)
      this.#tell()
    }
  }

  /** A command on a file has gone through: no list shows it, so nobody waits for one. */
  settled({ state, commandId }: OutboxRow): void {
    if (state === 'done') this.#outbox.listed([commandId])
  }

  end(): void {
    this.#stop()
    for (const sending of this.#sending.values()) sending.abort()
    this.#listeners.clear()
  }

  /** A document whose create command waits goes before what is put into it; any other is there. */
  async #unmade(documentId: DocumentId): Promise<DocumentId[]> {
    return (await this.#outbox.awaitsCreate(documentId)) ? [documentId] : []
  }

  /** A row that has gone was sent, withdrawn or discarded: the device need not keep its file any more. */
  #look(): void {
    const now = new Set(this.#outbox.rows.flatMap(({ call }) => (call.name === 'files.add' ? [call.input.fileId] : [])))
    const gone = [...this.#rows].filter((fileId) => !now.has(fileId))
    this.#rows = now
    if (gone.length === 0) return
    void this.#store()
      .then((store) => Promise.all(gone.map((fileId) => store.forget(fileId))))
      .catch(() => undefined)
    const sent = [...this.#inPage.keys()].filter((fileId) => !now.has(fileId))
    for (const fileId of sent.slice(0, Math.max(0, sent.length - mostInPage))) this.#inPage.delete(fileId)
  }

  async #stored(fileId: FileId): Promise<WaitingFile | null> {
    try {
      return await (await this.#store()).get(fileId)
    } catch {
      return null
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}
