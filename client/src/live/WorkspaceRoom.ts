import type { WorkspaceId } from '@weft/shared/kit'
import { type CloseReason, presenceChannel, type ServerWord } from '@weft/shared/sync'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Channel } from './transport/Channel.ts'
import type { Clock } from './transport/Clock.ts'
import type { Transport } from './transport/Transport.ts'

export type ChangedWord = Extract<ServerWord, { type: 'changed' }>
export type ChangedTopic = ChangedWord['topics'][number]

const allTopics: ChangedTopic[] = ['workspace', 'members', 'documents', 'invites', 'files']

/** `presence/<workspaceId>`: who is here, and the server's words about what has changed. Nothing in it is kept. */
export class WorkspaceRoom {
  readonly workspaceId: WorkspaceId
  readonly awareness: Awareness
  readonly #doc = new Y.Doc()
  readonly #channel: Channel
  readonly #listeners = new Set<(topics: readonly ChangedTopic[]) => void>()
  #admittedBefore = false
  #closed: CloseReason | null = null

  constructor(workspaceId: WorkspaceId, around: { transport: Transport; clock: Clock }) {
    this.workspaceId = workspaceId
    this.awareness = new Awareness(this.#doc)
    this.#channel = new Channel({
      ...around,
      name: presenceChannel(workspaceId),
      doc: this.#doc,
      awareness: this.awareness,
      local: () => 0,
      events: {
        admitted: () => this.#admitted(),
        synced: () => undefined,
        changed: () => undefined,
        word: (word) => {
          if (word.type === 'changed') this.#tell(word.topics)
        },
        ended: (reason) => {
          this.#closed = reason
          // Whoever may not be here any more should see it at once.
          this.#tell(allTopics)
        },
      },
    })
    this.#channel.join()
  }

  /** Why this workspace's channel is closed for good; null while it is joined or joins again by itself. */
  get closed(): CloseReason | null {
    return this.#closed
  }

  /** Called with what queries should fetch again. */
  onChanged(listener: (topics: readonly ChangedTopic[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async destroy(): Promise<void> {
    this.#listeners.clear()
    this.#channel.destroy()
    this.#doc.destroy()
  }

  /** Words that were said while we were away are lost: after a gap everything may have changed. */
  #admitted(): void {
    if (this.#admittedBefore) this.#tell(allTopics)
    this.#admittedBefore = true
  }

  #tell(topics: readonly ChangedTopic[]): void {
    for (const listener of [...this.#listeners]) listener(topics)
  }
}
