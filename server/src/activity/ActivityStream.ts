import type { ServerResponse } from 'node:http'
import { type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import type { ActivityDependencies, Reach } from './dependencies.ts'
import { drained } from './drained.ts'
import type { Reaching } from './reach.ts'
import { readAfter, type ToldEntry, withoutAudience } from './rows.ts'

/** Entries read at a time for a reader who has missed some. */
const atOnce = 200
/** [LIMIT-2] What may wait for one reader: some thousand entries. Bytes. */
const bufferedBytes = 1 << 20
/** A reader who takes nothing for so long while it is sent what it missed is not there. Milliseconds. */
const drainPatience = 10_000
/** Asked of the reader, between a lost connection and the next; milliseconds. */
const retry = 3_000

const headers = {
  'content-type': 'text/event-stream',
  // A proxy that compresses or alters would collect first.
  'cache-control': 'no-store, no-transform',
  // Asks nginx, and those who follow it, to pass on what comes as it comes.
  'x-accel-buffering': 'no',
}

export interface StreamReader {
  userId: UserId
  workspaceId: WorkspaceId
  /** The last sequence that the reader has. */
  after: number
}

/**
 * One reader of what happens: first what it has missed, from the table, then what is told, without a gap and without a
 * repeat. Whatever makes it fall behind sends it back to the table; it never keeps entries for later.
 */
export class ActivityStream {
  readonly workspaceId: WorkspaceId
  readonly userId: UserId
  readonly #response: ServerResponse
  readonly #deps: Pick<ActivityDependencies, 'storage' | 'log'>
  readonly #reaching: Reaching
  #reach: Reach | null = null
  #seq: number
  /** Has all that is in the table, and gets what is told at once. */
  #live = false
  #running = false
  /** Something was told, or changed, while the table was being read. */
  #again = false

  constructor(
    reader: StreamReader,
    reach: Reach,
    response: ServerResponse,
    deps: Pick<ActivityDependencies, 'storage' | 'log'>,
    reaching: Reaching,
  ) {
    this.workspaceId = reader.workspaceId
    this.userId = reader.userId
    this.#seq = reader.after
    this.#reach = reach
    this.#response = response
    this.#deps = deps
    this.#reaching = reaching
    response.writeHead(200, headers).write(`retry: ${retry}\n\n`)
    this.#run()
  }

  get isOver(): boolean {
    return this.#response.destroyed || this.#response.writableEnded
  }

  tell(entry: ToldEntry): void {
    if (!this.#live) this.#again = true
    else if (entry.seq > this.#seq) this.#write([entry])
  }

  /** What this person may see has perhaps changed: nothing more leaves before that is known [ACCESS-2]. */
  recheck(): void {
    this.#reach = null
    this.#live = false
    this.#again = true
    this.#run()
  }

  /** A sign of life, for the reader and for what is between. */
  beat(): void {
    this.#send(': here\n\n')
  }

  end(): void {
    if (!this.isOver) this.#response.end()
  }

  #run(): void {
    if (this.#running) return
    this.#running = true
    this.#catchUp()
      .catch((error: unknown) => {
        if (!(error instanceof WeftError)) this.#deps.log.error({ err: error }, 'a stream of activity ended')
        this.end()
      })
      .finally(() => {
        this.#running = false
        if (this.#again && !this.#live && !this.isOver) this.#run()
      })
  }

  async #catchUp(): Promise<void> {
    while (!this.isOver) {
      this.#again = false
      const reach = this.#reach ?? (await this.#reaching.reachOf(this.userId, this.workspaceId))
      const found = await readAfter(this.#deps.storage.read, this.workspaceId, this.#seq, atOnce)
      const named = found.flatMap(({ documentId }) => documentId ?? [])
      const theirs = await this.#reaching.readable(reach, named)
      // Access may have changed while it was looked at.
      if (this.#again && this.#reach === null) continue
      this.#reach = reach
      this.#write(found.filter(({ documentId }) => documentId === null || theirs.has(documentId)))
      this.#seq = found.at(-1)?.seq ?? this.#seq
      await drained(this.#response, drainPatience)
      if (found.length === atOnce || this.#again) continue
      this.#live = true
      return
    }
  }

  #write(entries: readonly ToldEntry[]): void {
    for (const entry of entries) {
      this.#seq = entry.seq
      if (this.#mayRead(entry)) {
        const data = JSON.stringify(withoutAudience(entry))
        this.#send(`id: ${entry.seq}\nevent: activity\ndata: ${data}\n\n`)
      }
    }
  }

  #mayRead({ audienceId, documentId }: ToldEntry): boolean {
    const reach = this.#reach
    if (reach === null) return false
    if (reach.kind === 'documents') return documentId !== null && reach.documents.has(documentId)
    return reach.audiences.has(audienceId)
  }

  #send(text: string): void {
    if (this.isOver) return
    // [LIMIT-2] It comes back with the last id that it has read.
    if (this.#response.writableLength > bufferedBytes) this.#response.destroy()
    else this.#response.write(text)
  }
}
