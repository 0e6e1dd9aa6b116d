import type { CommandId, DocumentId, WorkspaceId } from '@weft/shared/kit'
import { OfflineError } from '../../kit/index.ts'
import type { OutboxStore } from '../device/OutboxStore.ts'
import type { Outbox } from './Outbox.ts'
import type { NewCommand, OutboxRow } from './OutboxRow.ts'
import type { OutboxSurroundings } from './openOutbox.ts'

const none: readonly OutboxRow[] = []

/** The outbox as the rest of the page meets it, from its first moment on; its code arrives after what one sees first. */
export class LiveOutbox {
  readonly #store: () => Promise<OutboxStore>
  readonly #open: () => Promise<Outbox>
  readonly #listeners = new Set<() => void>()
  #opening: Promise<Outbox> | null = null
  #outbox: Outbox | null = null
  #ended = false

  constructor(store: () => Promise<OutboxStore>, around: OutboxSurroundings) {
    this.#store = store
    this.#open = async () => {
      const [{ openOutbox }, opened] = await Promise.all([import('./openOutbox.ts'), store()])
      const outbox = openOutbox(opened, around)
      if (this.#ended) outbox.end()
      this.#outbox = outbox
      outbox.subscribe(this.#tell)
      return outbox
    }
    window.addEventListener('online', this.wake)
    this.#ready().catch(() => undefined)
  }

  /** Commands that a list may have to show, or that the person should know of, in their order; none until it is loaded. */
  get rows(): readonly OutboxRow[] {
    return this.#outbox?.rows ?? none
  }

  /** Nothing is sent until the person signs in again. */
  get signedOut(): boolean {
    return this.#outbox?.signedOut ?? false
  }

  /** A command waits that is nowhere but in this page. */
  get onlyInPage(): boolean {
    return this.#outbox?.onlyInPage ?? false
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Resolves when the command is on this device, where nothing but the server's no takes it away. */
  async add(command: NewCommand): Promise<void> {
    await (await this.#ready()).add(command)
  }

  async retitle(documentId: DocumentId, title: string): Promise<void> {
    await (await this.#ready()).retitle(documentId, title)
  }

  /** A refused command, then what was refused because of it. */
  refusedWith(commandId: CommandId): readonly OutboxRow[] {
    return this.#outbox?.refusedWith(commandId) ?? none
  }

  async retry(commandId: CommandId): Promise<void> {
    await (await this.#ready()).retry(commandId)
  }

  async discard(commandId: CommandId): Promise<void> {
    await (await this.#ready()).discard(commandId)
  }

  async withdraw(commandId: CommandId): Promise<void> {
    await (await this.#ready()).withdraw(commandId)
  }

  /** As of now: what to hand to `listed` when a list that is asked for after this has arrived. */
  executed(workspaceId: WorkspaceId): CommandId[] {
    return this.#outbox?.executed(workspaceId) ?? []
  }

  listed(commandIds: readonly CommandId[]): void {
    void this.#outbox?.listed(commandIds)
  }

  /** Whether the document was made here, and the server has not been told of it yet [EVENT-4]. */
  async awaitsCreate(documentId: DocumentId): Promise<boolean> {
    const rows = await this.#loaded()
    return rows.some(
      ({ call, state }) => state === 'waiting' && call.name === 'documents.create' && call.input.id === documentId,
    )
  }

  /** How many commands the server does not have. */
  async waiting(): Promise<number> {
    return (await this.#loaded()).filter(({ state }) => state === 'waiting').length
  }

  /** How many rows of the store could not be read, and were set apart. */
  async broken(): Promise<number> {
    await this.#loaded()
    try {
      return await (await this.#store()).broken()
    } catch {
      // A device that does not work holds nothing.
      return 0
    }
  }

  async discardBroken(): Promise<void> {
    await (await this.#store()).discardBroken()
  }

  wake = (): void => this.#outbox?.wake()

  end(): void {
    this.#ended = true
    window.removeEventListener('online', this.wake)
    this.#listeners.clear()
    this.#outbox?.end()
  }

  async #loaded(): Promise<readonly OutboxRow[]> {
    try {
      const outbox = await this.#ready()
      await outbox.loaded
      return outbox.rows
    } catch {
      return none
    }
  }

  /** Code that did not arrive is asked for again by the next call. */
  #ready(): Promise<Outbox> {
    this.#opening ??= this.#open().catch((cause: unknown) => {
      this.#opening = null
      throw new OfflineError({ cause })
    })
    return this.#opening
  }

  #tell = (): void => {
    for (const listener of [...this.#listeners]) listener()
  }
}
