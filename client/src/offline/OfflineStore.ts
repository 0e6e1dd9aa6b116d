import { DocumentId, type UserId, WorkspaceId } from '@weft/shared/kit'
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import { z } from 'zod'
import { openInTime } from '../kit/openInTime.ts'

/** What a person wants to have without a connection: a document, or all of a workspace. */
export const Kept = z.discriminatedUnion('what', [
  z.object({ what: z.literal('document'), id: DocumentId, workspaceId: WorkspaceId }),
  z.object({ what: z.literal('workspace'), id: WorkspaceId }),
])
export type Kept = z.infer<typeof Kept>

/** A document whose text was brought here for keeping, and how new it was then. */
export const KeptCopy = z.object({
  documentId: DocumentId,
  workspaceId: WorkspaceId,
  /** The list's time of change before the text was fetched: the text is at least as new. Milliseconds since 1970. */
  updatedAt: z.number(),
})
export type KeptCopy = z.infer<typeof KeptCopy>

interface OfflineDatabase extends DBSchema {
  lists: { key: 'last'; value: unknown }
  kept: { key: string; value: unknown }
  copies: { key: string; value: unknown }
}

const nameOf = (userId: UserId): string => `weft-offline-${userId}`
/** An `open` that is never answered must not hold up the page; ms. */
const openWithin = 2_000

/**
 * What a page without a connection shows beside texts, of one person: lists as they were last seen, and what is kept.
 * Only a convenience: where the device refuses, reading finds nothing and writing does nothing.
 */
export class OfflineStore {
  readonly userId: UserId
  #opening: Promise<IDBPDatabase<OfflineDatabase>> | null = null
  #closed = false

  constructor(userId: UserId) {
    this.userId = userId
  }

  /** The lists that were written last; null if there are none. */
  async readLists(): Promise<unknown> {
    return (await this.#read((database) => database.get('lists', 'last'))) ?? null
  }

  async writeLists(lists: unknown): Promise<void> {
    await this.#try((database) => database.put('lists', lists, 'last'))
  }

  async kept(): Promise<Kept[]> {
    const rows = (await this.#read((database) => database.getAll('kept'))) ?? []
    return rows.flatMap((row) => Kept.safeParse(row).data ?? [])
  }

  keep(kept: Kept): Promise<boolean> {
    return this.#try((database) => database.put('kept', kept, kept.id))
  }

  letGo(id: Kept['id']): Promise<boolean> {
    return this.#try((database) => database.delete('kept', id))
  }

  async copies(): Promise<KeptCopy[]> {
    const rows = (await this.#read((database) => database.getAll('copies'))) ?? []
    return rows.flatMap((row) => KeptCopy.safeParse(row).data ?? [])
  }

  noteCopy(copy: KeptCopy): Promise<boolean> {
    return this.#try((database) => database.put('copies', copy, copy.documentId))
  }

  forgetCopy(documentId: DocumentId): Promise<boolean> {
    return this.#try((database) => database.delete('copies', documentId))
  }

  /** No call after this one reaches the device. */
  close(): void {
    this.#closed = true
    void this.#opening?.then(
      (database) => database.close(),
      () => undefined,
    )
  }

  async #try(write: (database: IDBPDatabase<OfflineDatabase>) => Promise<unknown>): Promise<boolean> {
    return (await this.#read(async (database) => [await write(database)])) !== null
  }

  async #read<T>(read: (database: IDBPDatabase<OfflineDatabase>) => Promise<T>): Promise<T | null> {
    try {
      return await read(await this.#database())
    } catch {
      return null
    }
  }

  #database(): Promise<IDBPDatabase<OfflineDatabase>> {
    if (this.#closed) return Promise.reject(new Error('the store is closed'))
    if (this.#opening === null) {
      const opening = this.#open()
      this.#opening = opening
      opening.catch(() => {
        if (this.#opening === opening) this.#opening = null
      })
    }
    return this.#opening
  }

  async #open(): Promise<IDBPDatabase<OfflineDatabase>> {
    const opening = openDB<OfflineDatabase>(nameOf(this.userId), 1, {
      upgrade(database) {
        for (const store of ['lists', 'kept', 'copies'] as const) database.createObjectStore(store)
      },
      // Another tab signs out: writing on would leave the next person what this one saw.
      blocking: () => this.close(),
    })
    return openInTime('the offline store', opening, openWithin)
  }
}

/** Signing out leaves none of it on the device. */
export const forgetOffline = (userId: UserId): Promise<void> => deleteDB(nameOf(userId)).catch(() => undefined)
