import type { Document } from '@hocuspocus/server'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { Channel, CloseReason, ServerWord } from '@weft/shared/sync'
import * as Y from 'yjs'
import { bounds, patience } from './bounds.ts'
import { ChannelAwareness } from './channelAwareness.ts'
import { type ChannelKind, channelKinds } from './channelKinds.ts'
import { type ChannelMember, EditOrigin } from './channelMember.ts'
import type { ClientIds } from './clientIds.ts'
import type { RoomDependencies } from './dependencies.ts'
import { FlushPace } from './flushPace.ts'
import { bodies } from './frames.ts'
import { type HeldUpdate, HoldQueue } from './holdQueue.ts'
import { runOf } from './journalRuns.ts'

type Needs = Pick<RoomDependencies, 'journal' | 'workspaceBytes' | 'textChanged' | 'log' | 'clock' | 'limits'>

/** A channel in memory: its Yjs document, who has joined it, and what waits for the disk. */
export class LiveChannel {
  readonly channel: Channel
  readonly kind: ChannelKind
  readonly document: Document
  readonly members = new Set<ChannelMember>()
  readonly awareness: ChannelAwareness
  /** Null where nobody's text is kept. */
  readonly clientIds: ClientIds | null
  /** Whose bytes its text counts for; null where nobody's text is kept. */
  readonly workspaceId: WorkspaceId | null
  /** About how large the text is on disk; garbage that was collected still counts. */
  bytes = 0
  readonly #deps: Needs
  readonly #hold = new HoldQueue()
  readonly #carets: FlushPace
  #weighedAt = 0

  constructor(
    channel: Channel,
    document: Document,
    text: { clientIds: ClientIds; workspaceId: WorkspaceId } | null,
    deps: Needs,
  ) {
    this.channel = channel
    this.kind = channelKinds[channel.kind]
    this.document = document
    this.clientIds = text?.clientIds ?? null
    this.workspaceId = text?.workspaceId ?? null
    this.#deps = deps
    this.awareness = new ChannelAwareness(() => deps.clock.now())
    this.#carets = new FlushPace(() => this.awareness.flush(this.members, this.mayNameClient))
  }

  get documentId(): DocumentId | null {
    return this.channel.kind === 'doc' ? this.channel.documentId : null
  }

  /**
   * From here on, every change of the text goes to the journal, and after its commit to the members; what a window shows
   * is on disk already, and its changes leave together as soon as the last ones have been paid.
   */
  start(): void {
    const documentId = this.documentId
    const pace = new FlushPace(() => this.release(0))
    this.document.on('update', (update: Uint8Array, origin: unknown) => {
      if (documentId !== null) return this.#journal(documentId, update, origin)
      this.#hold.holdUpdate({ seq: 0, update, author: null, userId: null, at: 0 })
      pace.schedule()
    })
  }

  /** All that was enqueued is on disk: it may leave memory [SAVE-5]. */
  get isStored(): boolean {
    const id = this.documentId
    return id === null || this.#deps.journal.committed(id) >= this.#deps.journal.head(id)
  }

  /** Nothing was written since this row of its journal. */
  isAt(seq: number): boolean {
    const id = this.documentId
    return id !== null && this.#deps.journal.head(id) === seq
  }

  /** Sends to one member what must not leave before what is in memory now is on disk [SAVE-2]. */
  sendStored(member: ChannelMember, body: Uint8Array, afterwards: 'follow' | 'close' | null = null): void {
    if (this.#hold.size === 0 && this.isStored) {
      member.send(body)
      if (afterwards !== null) member.released(afterwards)
      return
    }
    // While nothing is saved, each newcomer's copy of the text would stay in memory.
    if (this.#hold.bytes + body.length > this.#deps.limits.unjournalledBytes) {
      member.close('storage-full')
      return
    }
    const id = this.documentId
    this.#hold.hold({ seq: id === null ? 0 : this.#deps.journal.head(id), session: member, body, afterwards })
  }

  /** What a commit lets out: answers in their order, then one frame of all updates for whoever follows. */
  release(committed: number): void {
    const { frames, updates } = this.#hold.release(committed)
    for (const frame of frames) {
      frame.session.send(frame.body)
      if (frame.afterwards !== null) frame.session.released(frame.afterwards)
    }
    for (const part of partsOf(updates)) this.#broadcast(part)
    const documentId = this.documentId
    if (documentId === null || updates.length === 0) return
    setImmediate(() => this.#tell(documentId, updates))
  }

  say(word: ServerWord): void {
    const body = bodies.word(word)
    for (const member of this.members) member.send(body)
  }

  /** To one person's own sessions. */
  sayTo(userId: UserId, word: ServerWord): void {
    const body = bodies.word(word)
    for (const member of this.members) if (member.userId === userId) member.send(body)
  }

  closeAll(reason: CloseReason): void {
    for (const member of [...this.members]) member.close(reason)
  }

  /** Forgets a member: its held frames, and its carets for the others. */
  leave(member: ChannelMember): void {
    this.members.delete(member)
    this.#hold.forget(member)
    for (const clientId of member.awarenessIds) this.awareness.remove(member, clientId)
    this.awarenessChanged()
  }

  /** Carets leave soon; workspace presence waits for its tick [LIMIT-4]. */
  awarenessChanged(): void {
    if (this.kind.awarenessEvery === null && this.awareness.hasChanges) this.#carets.schedule()
  }

  /** Called about once a second: presence that was collected, and all that clients would otherwise forget. */
  tick(): void {
    this.awareness.renew(this.members, this.mayNameClient)
    this.awareness.flush(this.members, this.mayNameClient)
  }

  /** [LIMIT-1] What stands against `more` bytes of text; null: nothing. */
  overLimit(more: number): 'too-large' | 'workspace-full' | null {
    if (this.#isTooLarge(more)) return 'too-large'
    const isFull = this.workspaceId !== null && this.#deps.workspaceBytes.isFull(this.workspaceId, more)
    return isFull ? 'workspace-full' : null
  }

  /** What is only counted, and may be collected garbage, is weighed before it is called too large. */
  #isTooLarge(more: number): boolean {
    const limit = this.#deps.limits.documentBytes
    if (this.bytes + more <= limit) return false
    const now = this.#deps.clock.now()
    if (now - this.#weighedAt > patience.weighing) {
      this.#weighedAt = now
      this.bytes = Y.encodeStateAsUpdate(this.document).length
    }
    return this.bytes + more > limit
  }

  /** [IDENT-2] A client id is seen by others only after its claim is stored. */
  readonly mayNameClient = (clientId: number): boolean => this.clientIds?.isStored(clientId) ?? true

  #journal(documentId: DocumentId, update: Uint8Array, origin: unknown): void {
    const { userId, member } = origin instanceof EditOrigin ? origin : new EditOrigin(null, null)
    try {
      const seq = this.#deps.journal.enqueue(documentId, update, userId, this.clientIds?.takeUnjournalled())
      this.#hold.holdUpdate({ seq, update, author: member, userId, at: this.#deps.clock.now() })
      this.bytes += update.length
      if (this.workspaceId !== null) this.#deps.workspaceBytes.add(this.workspaceId, update.length)
    } catch (error) {
      // Yjs swallows what a listener throws; text that cannot even be queued must not look alive [SAVE-4].
      this.#deps.log.fatal({ err: error, documentId }, 'an update could not be queued for the journal')
      this.closeAll('channel-renewed')
    }
  }

  #tell(documentId: DocumentId, updates: readonly HeldUpdate[]): void {
    try {
      const runs = updates.map(({ seq, userId, at, update }) => runOf(seq, userId, at, update))
      this.#deps.textChanged(documentId, runs)
    } catch (error) {
      this.#deps.log.error({ err: error, documentId }, 'a change of text was not taken note of')
    }
  }

  #broadcast(updates: readonly HeldUpdate[]): void {
    const [first] = updates
    if (first === undefined) return
    const only = updates.every((update) => update.author === first.author) ? first.author : null
    let body: Uint8Array | null = null
    for (const member of this.members) {
      // Whose text it is needs it not: the acknowledgement says that it is stored.
      if (!member.following || member === only) continue
      body ??= bodies.update(updates.length === 1 ? first.update : Y.mergeUpdates(updates.map(({ update }) => update)))
      member.send(body)
    }
  }
}

function partsOf(updates: readonly HeldUpdate[]): HeldUpdate[][] {
  const parts: HeldUpdate[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const held of updates) {
    bytes += held.update.length
    if (bytes > bounds.mergedBytes) {
      parts.push([])
      bytes = held.update.length
    }
    parts.at(-1)?.push(held)
  }
  return parts
}
