import type { Person } from '@weft/shared/auth'
import { type DocumentId, must, type UserId, unreachable, WeftError } from '@weft/shared/kit'
import type { Channel, CloseReason, ServerWord } from '@weft/shared/sync'
import * as Y from 'yjs'
import type { Principal } from '../auth/index.ts'
import type { StoredText } from '../storage/index.ts'
import { receiveAwareness } from './awarenessInput.ts'
import { bounds, patience } from './bounds.ts'
import { type Access, accessTo } from './channelKinds.ts'
import { type ChannelMember, EditOrigin } from './channelMember.ts'
import { SetAside } from './channelRegistry.ts'
import { type EarlySnapshot, earlyBody } from './earlySnapshot.ts'
import { type EditingSession, EditPipeline } from './editPipeline.ts'
import { type Address, bodies, type ClientFrame, encodeAddress } from './frames.ts'
import type { LiveChannel } from './liveChannel.ts'
import { PresenceState } from './presenceState.ts'
import { RateLimit } from './rateLimit.ts'
import type { SyncServices } from './services.ts'
import { WaitingFrames } from './waitingFrames.ts'

/** What a session asks of the socket that it travels on. */
export interface SessionHost {
  readonly services: SyncServices
  /** The address and the body of a frame. */
  send(address: Uint8Array, body: Uint8Array): void
  /** Whose token this is, or why it does not do; the first one fixes the socket's person [ACCESS-4]. */
  authenticate(token: string): Promise<Person | CloseReason>
  /** Who that is, and what the newest token is narrowed to; null before the first one. */
  readonly principal: Principal | null
  mayEditNow(): boolean
  ended(session: ChannelSession): void
}

const noIds: readonly number[] = []

/**
 * One join of one channel, under its own address: it waits for its token, joins, is open, and closes once. `refusing`
 * is the time between a refusal and the last answers, which may still wait for the disk.
 */
export class ChannelSession implements ChannelMember, EditingSession {
  readonly channel: Channel
  readonly address: Address
  awarenessIds: readonly number[] = noIds
  origin = new EditOrigin(null, this)
  following = false
  mayWrite = false
  demotedAt = 0
  readonly #host: SessionHost
  readonly #prefix: Uint8Array
  readonly #waiting = new WaitingFrames()
  readonly #syncs: RateLimit
  readonly #presence: PresenceState
  #state: 'waiting' | 'joining' | 'open' | 'refusing' | 'closed' = 'waiting'
  #live: LiveChannel | null = null
  #edits: EditPipeline | null = null
  #person: Person | null = null
  /** Raised whenever access may have changed; a decision counts only if it is of the last one [ACCESS-2]. */
  #accessVersion = 0
  /** Frames that may not leave while access is being looked at. */
  #outbox: Uint8Array[] | null = null
  /** What was sent before the text was in memory; the answer to SyncStep1 goes on from there. */
  #early: EarlySnapshot | null = null
  #refusedAt = 0
  #refusal: CloseReason = 'channel-renewed'

  constructor(channel: Channel, address: Address, host: SessionHost) {
    this.channel = channel
    this.address = address
    this.#host = host
    this.#prefix = encodeAddress(address.full)
    this.#syncs = new RateLimit(bounds.syncStep1.perSecond, bounds.syncStep1.burst, this.#now())
    this.#presence = new PresenceState(this, host.services)
  }

  get userId(): UserId {
    return must(this.#person, 'the person of a session that has joined').id
  }

  get person(): Person | null {
    return this.#person
  }

  /** [IDENT-1] The name or the picture is another one: what their pages say next is stamped with it. */
  renewPerson(person: Person): void {
    if (this.#person !== null) this.#person = person
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  get isClosed(): boolean {
    return this.#state === 'closed'
  }

  /** Of a workspace's presence: the document that its page shows, while the person is there. */
  get shows(): DocumentId | null {
    return this.isOpen ? this.#presence.shows : null
  }

  get live(): LiveChannel | null {
    return this.#live
  }

  receive(frame: ClientFrame): void {
    if (this.#state === 'closed' || this.#state === 'refusing') return
    if (frame.type === 'close') {
      this.leave()
      return
    }
    if (frame.type === 'auth') {
      this.#receiveToken(frame.token)
      return
    }
    if (this.#state === 'open' && this.#outbox === null) {
      this.#handle(frame)
      return
    }
    if (!this.#waiting.push(frame)) this.close('too-many-frames')
  }

  send(body: Uint8Array): void {
    if (this.#state === 'closed') return
    if (this.#outbox !== null) this.#outbox.push(body)
    else this.#host.send(this.#prefix, body)
  }

  say(word: ServerWord): void {
    this.send(bodies.word(word))
  }

  released(then: 'follow' | 'close'): void {
    if (then === 'follow') this.following = true
    else this.close(this.#refusal)
  }

  answer(applied: boolean): void {
    this.#live?.sendStored(this, applied ? bodies.syncStatus.true : bodies.syncStatus.false)
  }

  refuse(reason: CloseReason): void {
    if (this.#state !== 'open') {
      this.close(reason)
      return
    }
    this.#state = 'refusing'
    this.#refusal = reason
    this.#refusedAt = this.#now()
    this.#live?.sendStored(this, bodies.syncStatus.false, 'close')
  }

  askForText(): void {
    const document = this.#live?.document
    if (document !== undefined) this.#live?.sendStored(this, bodies.syncStep1(Y.encodeStateVector(document)))
  }

  mayEditNow(): boolean {
    return this.#host.mayEditNow()
  }

  maySyncNow(): boolean {
    return this.#syncs.take(1, this.#now())
  }

  /** Asks for the token's successor; the answer counts for the whole socket [ACCESS-4]. */
  requestToken(): void {
    this.send(bodies.tokenRequest)
  }

  tick(now: number): void {
    if (this.#state === 'open' && this.#outbox === null) this.#edits?.tick(now)
    if (this.#state === 'refusing' && now - this.#refusedAt > patience.refusal) this.close(this.#refusal)
  }

  /** Ends the session with a reason that the client acts on; before it is open, as a refused join. */
  close(reason: CloseReason): void {
    if (this.#state === 'closed') return
    this.#outbox = null
    this.send(this.#live === null ? bodies.denied(reason) : bodies.close(reason))
    this.leave()
  }

  /** Ends the session without a word: the client left, or its socket is gone. */
  leave(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#outbox = null
    this.#waiting.clear()
    const { registry, presence } = this.#host.services
    if (this.#live !== null) {
      this.#live.document.removeDirectConnection()
      this.#live.leave(this)
      if (this.channel.kind === 'presence') presence.remove(this.userId, this.channel.workspaceId)
      registry.release(this.#live)
    }
    this.#host.ended(this)
  }

  /**
   * [ACCESS-2] Looks at access again. Until it is decided nothing of this session is applied and nothing leaves to it;
   * if it is lost, what waits on both sides is dropped and the channel closes.
   */
  async recheck(): Promise<void> {
    this.#accessVersion++
    if (this.#state === 'refusing') return this.close('access-removed')
    if (this.#state !== 'open') return
    const version = this.#accessVersion
    this.#outbox ??= []
    const until = this.#now() + patience.recheck
    for (;;) {
      try {
        const access = await this.#access()
        if (this.#accessVersion !== version || this.isClosed) return
        if (access === null) return this.close('access-removed')
        return this.#resume(access.mayWrite)
      } catch (error) {
        this.#host.services.deps.log.warn({ err: error, channel: this.channel.name }, 'access could not be looked at')
        if (this.#now() > until) return this.close('channel-renewed')
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }
  }

  async #access(): Promise<Access> {
    return accessTo(this.channel, must(this.#host.principal, 'the person of a socket'), this.#host.services.deps)
  }

  /** What a document is seen by has changed: says again which one this page shows, or no longer says it [ACCESS-5]. */
  recheckPresence(): void {
    this.#presence.recheck()
  }

  #resume(mayWrite: boolean): void {
    const held = this.#outbox ?? []
    this.#outbox = null
    if (this.mayWrite !== mayWrite) {
      this.mayWrite = mayWrite
      if (!mayWrite) this.demotedAt = this.#now()
      this.say({ type: 'access', mayWrite })
    }
    for (const body of held) this.send(body)
    this.#drain()
  }

  #receiveToken(token: string): void {
    if (this.#state === 'waiting') {
      this.#state = 'joining'
      void this.#join(token)
    } else if (this.#state === 'open') {
      void this.#renew(token)
    }
  }

  async #renew(token: string): Promise<void> {
    try {
      await this.#host.authenticate(token)
    } catch (error) {
      this.#host.services.deps.log.warn({ err: error }, 'a token could not be renewed')
    }
  }

  async #join(token: string): Promise<void> {
    const { deps, registry } = this.#host.services
    try {
      const person = await this.#host.authenticate(token)
      if (typeof person === 'string') return this.close(person)
      const version = this.#accessVersion
      const access = await this.#access()
      if (access === null) return this.close('not-found')
      if (this.isClosed) return
      await registry.open(
        this.channel,
        (live) => this.#attach(live, person, access.mayWrite, version),
        (text) => this.#sendEarly(text, access.mayWrite, version),
      )
    } catch (error) {
      if (error instanceof SetAside) return this.close('document-set-aside')
      if (error instanceof WeftError && error.id === 'not-found') return this.close('not-found')
      deps.log.error({ err: error, channel: this.channel.name }, 'a channel could not be joined')
      this.close('channel-renewed')
    }
  }

  /** What is stored is sent as it is to a client that has nothing, if nothing has been said against its access since. */
  #sendEarly(text: StoredText, mayWrite: boolean, version: number): void {
    if (this.#state !== 'joining' || version !== this.#accessVersion || this.#early !== null) return
    if (text.snapshot === null || !this.#waiting.askForAll) return
    this.#early = { snapshot: text.snapshot, seq: text.snapshotSeq }
    this.#admit(mayWrite)
    this.send(earlyBody(text, text.snapshot))
  }

  #attach(live: LiveChannel, person: Person, mayWrite: boolean, version: number): void {
    if (this.#state !== 'joining') {
      this.#host.services.registry.release(live)
      return
    }
    this.#state = 'open'
    this.#live = live
    this.#person = person
    this.origin = new EditOrigin(person.id, this)
    this.mayWrite = mayWrite
    this.#edits = new EditPipeline(this, live, this.#host.services.deps)
    // Hocuspocus counts who is in a document; what leaves is said by this room alone, after its commit [SAVE-2].
    live.document.addDirectConnection()
    live.members.add(this)
    if (this.channel.kind === 'presence') this.#host.services.presence.add(person.id, this.channel.workspaceId)
    this.#greet(live)
    if (version === this.#accessVersion) this.#drain()
    else void this.recheck()
  }

  #admit(mayWrite: boolean): void {
    this.send(bodies.authenticated(mayWrite))
    this.say({ type: 'access', mayWrite })
  }

  #greet(live: LiveChannel): void {
    if (this.#early === null) this.#admit(this.mayWrite)
    const { deps } = this.#host.services
    const stopped = live.documentId === null ? null : deps.journal.stoppedFor(live.documentId)
    if (stopped !== null) this.say({ type: 'saving', state: 'stopped', reason: stopped })
    const others = live.awareness.frameFor(this, live.mayNameClient)
    if (others !== null) this.send(others)
  }

  #drain(): void {
    for (;;) {
      if (this.#state !== 'open' || this.#outbox !== null) return
      const frame = this.#waiting.shift()
      if (frame === undefined) return
      this.#handle(frame)
    }
  }

  #handle(frame: ClientFrame): void {
    switch (frame.type) {
      case 'edit':
        this.#edits?.receive(frame.step, frame.update)
        return
      case 'sync-step-1':
        this.#sendText(frame.stateVector)
        return
      case 'awareness':
        receiveAwareness(this, frame.update, this.#host.services.deps, this.#presence)
        return
      case 'query-awareness': {
        const live = this.#live
        if (live === null) return
        // Answered when nobody else is here, too: a page that hears nothing asks this, and lets a silent socket go.
        this.send(live.awareness.frameFor(this, live.mayNameClient) ?? bodies.awareness([], 0))
        return
      }
      case 'malformed':
        this.#host.services.deps.log.warn(
          { channel: this.channel.name, owed: frame.owed },
          'a malformed frame was refused',
        )
        frame.owed ? this.refuse('malformed-frame') : this.close('malformed-frame')
        return
      case 'too-large':
        frame.owed ? this.refuse('too-large') : this.close('too-large')
        return
      case 'auth':
      case 'close':
        return
      default:
        unreachable(frame)
        return
    }
  }

  #sendText(stateVector: Uint8Array): void {
    const live = this.#live
    if (live === null) return
    if (!this.maySyncNow()) {
      this.close('too-many-frames')
      return
    }
    const early = this.#early
    this.#early = null
    if (early !== null && live.isAt(early.seq)) {
      this.askForText()
      this.following = true
      return
    }
    let missing: Uint8Array
    try {
      const known = early === null ? stateVector : Y.encodeStateVectorFromUpdate(early.snapshot)
      missing = Y.encodeStateAsUpdate(live.document, known)
    } catch {
      this.close('malformed-frame')
      return
    }
    this.askForText()
    live.sendStored(this, bodies.syncStep2(missing), 'follow')
  }

  #now(): number {
    return this.#host.services.deps.clock.now()
  }
}
