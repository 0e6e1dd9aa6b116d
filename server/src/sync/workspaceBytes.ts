import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import { patience } from './bounds.ts'

interface Total {
  /** Null: never counted yet. */
  bytes: number | null
  countedAt: number
  counting: boolean
}

/** Documents counted in one turn of the event loop. */
const documentsAtOnce = 50

/**
 * [LIMIT-1] What the documents of each workspace take on disk, trash and history included. Counted from storage when a
 * workspace is first written in, a few documents at a time, and carried on with every update; counted again before
 * anybody is refused for long, since folding packs what was written. A counter in the database would cost each commit
 * a page for each workspace.
 */
export class WorkspaceBytes {
  readonly #totals = new Map<WorkspaceId, Total>()
  readonly #storage: Storage
  readonly #clock: Clock
  readonly #log: Log
  readonly #limit: number
  readonly #listeners = new Set<(workspaceId: WorkspaceId, bytes: number) => void>()

  constructor(dependencies: { storage: Storage; clock: Clock; log: Log; limits: { workspaceBytes: number } }) {
    this.#storage = dependencies.storage
    this.#clock = dependencies.clock
    this.#log = dependencies.log
    this.#limit = dependencies.limits.workspaceBytes
  }

  /** Calls `listener` with each count, when it has ended. Returns its end. */
  onCounted(listener: (workspaceId: WorkspaceId, bytes: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A document of the workspace is in memory: somebody may write soon. */
  follow(workspaceId: WorkspaceId): void {
    this.#total(workspaceId)
  }

  /** `bytes` more are on their way to the disk. */
  add(workspaceId: WorkspaceId, bytes: number): void {
    const total = this.#total(workspaceId)
    if (total.bytes !== null) total.bytes += bytes
  }

  /** Whether `more` bytes are too many. Nobody is refused before the first count has ended. */
  isFull(workspaceId: WorkspaceId, more: number): boolean {
    const total = this.#total(workspaceId)
    const full = total.bytes !== null && total.bytes + more > this.#limit
    const age = this.#clock.now() - total.countedAt
    if (age > (full ? patience.weighing : patience.counting)) void this.#count(workspaceId, total)
    return full
  }

  #total(workspaceId: WorkspaceId): Total {
    let total = this.#totals.get(workspaceId)
    if (total === undefined) {
      total = { bytes: null, countedAt: 0, counting: false }
      this.#totals.set(workspaceId, total)
      void this.#count(workspaceId, total)
    }
    return total
  }

  async #count(workspaceId: WorkspaceId, total: Total): Promise<void> {
    if (total.counting) return
    total.counting = true
    try {
      const { read } = this.#storage
      const documents = await read
        .selectFrom('documents')
        .select('id')
        .where('workspace_id', '=', workspaceId)
        .execute()
      let bytes = 0
      for (let from = 0; from < documents.length; from += documentsAtOnce) {
        bytes += await this.#bytesOf(documents.slice(from, from + documentsAtOnce).map(({ id }) => id))
        await new Promise((resolve) => setImmediate(resolve))
      }
      total.bytes = bytes
      for (const listener of this.#listeners) listener(workspaceId, bytes)
    } catch (error) {
      this.#log.warn({ err: error, workspaceId }, 'the bytes of a workspace could not be counted')
    } finally {
      total.countedAt = this.#clock.now()
      total.counting = false
    }
  }

  async #bytesOf(ids: DocumentId[]): Promise<number> {
    const { read } = this.#storage
    const [rows, segments, snapshots] = await Promise.all([
      read.selectFrom('journal').select(lengths('update')).where('document_id', 'in', ids).executeTakeFirst(),
      read.selectFrom('segments').select(lengths('data')).where('document_id', 'in', ids).executeTakeFirst(),
      read.selectFrom('snapshots').select(lengths('state')).where('document_id', 'in', ids).executeTakeFirst(),
    ])
    return [rows, segments, snapshots].reduce((sum, row) => sum + (row?.bytes ?? 0), 0)
  }
}

/** SQLite finds a blob's length without reading it. */
const lengths = (column: string) => sql<number>`coalesce(sum(length(${sql.ref(column)})), 0)`.as('bytes')
