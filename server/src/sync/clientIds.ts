import type { DocumentId, UserId } from '@weft/shared/kit'
import * as Y from 'yjs'
import type { Log } from '../kit/logger.ts'
import type { ClientIdClaim, Storage } from '../storage/port.ts'
import { bounds, patience } from './bounds.ts'

export type Claim = 'theirs' | 'foreign' | 'too-many'

/** [IDENT-2] Who writes under which Yjs client id in one loaded document. */
export class ClientIds {
  readonly documentId: DocumentId
  readonly #document: Y.Doc
  readonly #owners: Map<number, UserId | null>
  readonly #counts = new Map<UserId, number>()
  readonly #unstored = new Set<number>()
  #unjournalled: ClientIdClaim[] = []
  readonly #store: ClientIdStore

  constructor(
    documentId: DocumentId,
    document: Y.Doc,
    owners: Iterable<readonly [number, UserId | null]>,
    store: ClientIdStore,
  ) {
    this.documentId = documentId
    this.#document = document
    this.#owners = new Map(owners)
    this.#store = store
    for (const owner of this.#owners.values()) if (owner !== null) this.#count(owner)
  }

  /** Whether an id is `userId`'s, or can be; asks without claiming. Ids with text and no owner are the server's. */
  judge(clientId: number, userId: UserId): Claim {
    const owner = this.#owners.get(clientId)
    if (owner !== undefined) return owner === userId ? 'theirs' : 'foreign'
    if (Y.getState(this.#document.store, clientId) > 0) return 'foreign'
    return (this.#counts.get(userId) ?? 0) < bounds.clientIdsPerUser ? 'theirs' : 'too-many'
  }

  /**
   * Takes an id that `judge` called theirs; it holds in memory at once, and is stored soon: by itself, since a caret may
   * come without text, and with the next row of the journal, since text without its claim would be the server's.
   */
  claim(clientId: number, userId: UserId): void {
    if (this.#owners.has(clientId)) return
    this.#owners.set(clientId, userId)
    this.#count(userId)
    this.#unstored.add(clientId)
    this.#unjournalled.push({ clientId, userId })
    this.#store.add({ ids: this, clientId, userId })
  }

  /** Claims that go with the next row of the journal; undefined: none. */
  takeUnjournalled(): readonly ClientIdClaim[] | undefined {
    if (this.#unjournalled.length === 0) return undefined
    const claims = this.#unjournalled
    this.#unjournalled = []
    return claims
  }

  isKnown(clientId: number): boolean {
    return this.#owners.has(clientId)
  }

  isStored(clientId: number): boolean {
    return this.#owners.has(clientId) && !this.#unstored.has(clientId)
  }

  markStored(clientId: number): void {
    this.#unstored.delete(clientId)
    if (this.#unstored.size === 0) this.#unjournalled = []
  }

  get allStored(): boolean {
    return this.#unstored.size === 0
  }

  #count(userId: UserId): void {
    this.#counts.set(userId, (this.#counts.get(userId) ?? 0) + 1)
  }
}

interface NewClaim {
  ids: ClientIds
  clientId: number
  userId: UserId
}

/** Writes claims in batches, all documents' together; a batch that fails is tried again until it is stored. */
export class ClientIdStore {
  readonly #storage: Storage
  readonly #log: Log
  readonly #now: () => number
  readonly #stored: (ids: ReadonlySet<ClientIds>) => void
  #queue: NewClaim[] = []
  #writing: Promise<void> | null = null
  #stopped = false

  /** `stored` hears of each document whose claims have reached the disk. */
  constructor(storage: Storage, log: Log, now: () => number, stored: (ids: ReadonlySet<ClientIds>) => void) {
    this.#storage = storage
    this.#log = log
    this.#now = now
    this.#stored = stored
  }

  async load(documentId: DocumentId): Promise<(readonly [number, UserId | null])[]> {
    const rows = await this.#storage.read
      .selectFrom('client_ids')
      .select(['client_id', 'user_id'])
      .where('document_id', '=', documentId)
      .execute()
    return rows.map((row) => [row.client_id, row.user_id] as const)
  }

  add(claim: NewClaim): void {
    this.#queue.push(claim)
    this.#writing ??= this.#write()
  }

  /** Resolves when everything claimed so far is stored, or could not be stored once more. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#writing
  }

  async #write(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) {
      // SQLite takes 32,766 values in one statement; four are a row.
      const batch = this.#queue.slice(0, 5_000)
      try {
        await this.#insert(batch)
      } catch (error) {
        if (this.#stopped) break
        this.#log.error({ err: error, claims: this.#queue.length }, 'client ids are not stored yet')
        await new Promise((resolve) => setTimeout(resolve, patience.retry))
        continue
      }
      this.#queue.splice(0, batch.length)
      for (const { ids, clientId } of batch) ids.markStored(clientId)
      this.#stored(new Set(batch.map(({ ids }) => ids)))
    }
    this.#writing = null
  }

  async #insert(batch: readonly NewClaim[]): Promise<void> {
    const at = this.#now()
    const rows = batch.map(({ ids, clientId, userId }) => ({
      document_id: ids.documentId,
      client_id: clientId,
      user_id: userId,
      claimed_at: at,
    }))
    await this.#storage.transaction(async (tx) => {
      await tx
        .insertInto('client_ids')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['document_id', 'client_id']).doNothing())
        .execute()
    })
  }
}
