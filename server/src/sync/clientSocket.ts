import { MessageType } from '@hocuspocus/server'
import type { Person } from '@weft/shared/auth'
import { randomId, type UserId } from '@weft/shared/kit'
import { type Channel, type CloseReason, closeReasons, parseChannel } from '@weft/shared/sync'
import * as decoding from 'lib0/decoding'
import { type Principal, sameSource, type VerifiedToken } from '../auth/index.ts'
import { bounds, patience } from './bounds.ts'
import { ChannelSession, type SessionHost } from './channelSession.ts'
import type { CarrierEnd, FrameCarrier } from './frameCarrier.ts'
import { type Address, bodies, type ClientFrame, encodeAddress, readAddress, readFrame } from './frames.ts'
import { RateLimit } from './rateLimit.ts'
import type { SyncServices } from './services.ts'
import { TokenLease } from './tokenLease.ts'

/** What a socket tells the room of all sockets. */
export interface SocketRoom {
  readonly services: SyncServices
  /** Counts a socket for its person; false over the limit. */
  admit(socket: ClientSocket, userId: UserId): boolean
  gone(socket: ClientSocket): void
}

const noAddress = new Uint8Array()
const pong = Uint8Array.of(MessageType.Pong)

/** One client's connection: its frames in and out, its bounds [LIMIT-1, LIMIT-2], its person [ACCESS-4], its sessions. */
export class ClientSocket implements SessionHost, CarrierEnd {
  readonly socketId = randomId()
  readonly services: SyncServices
  readonly sessions = new Map<string, ChannelSession>()
  readonly #carrier: FrameCarrier
  readonly #room: SocketRoom
  readonly #frames: RateLimit
  readonly #bytes: RateLimit
  readonly #edits: RateLimit
  readonly #lease: TokenLease
  readonly #openedAt: number
  /** Addresses that were closed: what was still on its way to them is not a new join. Null: none was. */
  #ended: Set<string> | null = null
  #strays = 0
  #strangerBytes = 0
  /** The largest frame that may still be in the buffer. Bytes. */
  #large = 0
  #verified: { token: string; answer: Promise<VerifiedToken> } | null = null
  #person: Promise<Person> | null = null
  #closed = false
  #unanswered = 0
  #pingedAt: number

  constructor(carrier: FrameCarrier, room: SocketRoom) {
    const { deps } = room.services
    const { limits } = deps
    const now = deps.clock.now()
    this.#carrier = carrier
    this.#room = room
    this.services = room.services
    this.#frames = new RateLimit(limits.framesPerSecond, limits.framesPerSecond * 10, now)
    this.#bytes = new RateLimit(limits.bytesPerSecond, Math.max(limits.bytesPerSecond * 10, limits.frameBytes), now)
    this.#edits = new RateLimit(limits.editsPerSecond, limits.editsPerSecond * 10, now)
    this.#lease = new TokenLease()
    this.#openedAt = now
    this.#pingedAt = now
    carrier.attach(this)
  }

  get userId(): UserId | null {
    return this.#lease.userId
  }

  /** The sign-in that it belongs to. */
  get signInId(): string | null {
    return this.#lease.sessionId
  }

  get principal(): Principal | null {
    const { userId, only } = this.#lease
    return userId === null ? null : { userId, only }
  }

  send(address: Uint8Array, body: Uint8Array): void {
    if (this.#closed || !this.#carrier.isOpen) return
    const { bufferedBytes } = this.services.deps.limits
    const buffered = this.#carrier.bufferedBytes
    if (buffered <= bufferedBytes) this.#large = 0
    else if (buffered > bufferedBytes + this.#large) {
      this.#cutOff()
      return
    }
    // A long text takes its time over a slow line: that is no reader who does not read.
    if (body.length > bufferedBytes / 4) this.#large = Math.max(this.#large, body.length)
    this.#carrier.send(address, body)
  }

  close(reason: CloseReason): void {
    if (this.#closed) return
    for (const session of [...this.sessions.values()]) session.leave()
    this.#closed = true
    this.#carrier.close(closeReasons[reason].code, reason)
    this.gone()
  }

  async authenticate(token: string): Promise<Person | CloseReason> {
    const { deps } = this.services
    let verified: VerifiedToken
    try {
      verified = await this.#verify(token)
    } catch {
      if (this.#lease.refusedTooOften(bounds.refusedTokens)) this.close('signed-out')
      return 'token-expired'
    }
    if (this.#closed) return 'signed-out'
    const first = this.#lease.userId === null
    const before = this.#lease.only
    if (!this.#carrier.mayCarry(verified) || !this.#lease.take(verified)) {
      this.close('signed-out')
      return 'signed-out'
    }
    if (first && !this.#room.admit(this, verified.userId)) {
      this.close('too-many-sockets')
      return 'too-many-sockets'
    }
    if (!first) this.#recheckIfOther(before)
    this.#person ??= deps.person(verified.userId)
    try {
      return await this.#person
    } catch (error) {
      this.#person = null
      throw error
    }
  }

  /** [ACCESS-2] A token for the same document may give more or less there than the one before. */
  #recheckIfOther(before: Principal['only']): void {
    const { only } = this.#lease
    if (only?.role === before?.role && sameSource(only?.source ?? null, before?.source ?? null)) return
    for (const session of this.sessions.values()) void session.recheck()
  }

  /** The account has changed: who this is, is asked again. */
  async renewPerson(): Promise<void> {
    const { deps } = this.services
    const userId = this.userId
    if (userId === null) return
    this.#person = deps.person(userId)
    try {
      const person = await this.#person
      for (const session of this.sessions.values()) session.renewPerson(person)
    } catch (error) {
      // The next join asks again.
      this.#person = null
      deps.log.warn({ err: error, userId }, 'a changed account could not be read')
    }
  }

  /** The channels of a socket bring one token; it is verified once, and its end is looked at each time. */
  async #verify(token: string): Promise<VerifiedToken> {
    const { deps } = this.services
    if (this.#verified?.token !== token) this.#verified = { token, answer: deps.verifySocketToken(token) }
    const answer = await this.#verified.answer
    if (answer.expiresAt < deps.clock.now()) throw new Error('the token has ended')
    return answer
  }

  mayEditNow(): boolean {
    return this.#edits.take(1, this.services.deps.clock.now())
  }

  ended(session: ChannelSession): void {
    const address = session.address.full
    if (this.sessions.get(address) === session) this.sessions.delete(address)
    this.#ended ??= new Set()
    this.#ended.add(address)
    const [oldest] = this.#ended
    if (this.#ended.size > this.services.deps.limits.channelsPerSocket && oldest !== undefined) {
      this.#ended.delete(oldest)
    }
  }

  /** Called about once a second. */
  tick(now: number): void {
    if (this.#closed) return
    for (const session of this.sessions.values()) session.tick(now)
    if (this.#lease.userId === null) {
      if (now - this.#openedAt > patience.firstToken) this.close('token-expired')
      return
    }
    // The channels of a page come together; whatever comes later is verified anew, and the token is not kept for it.
    this.#verified = null
    const due = this.#lease.due(now)
    if (due === 'close') {
      this.close('token-expired')
      return
    }
    if (due === 'ask') [...this.sessions.values()].find((session) => session.isOpen)?.requestToken()
    if (now - this.#pingedAt < patience.ping) return
    if (this.#unanswered >= 2) {
      this.#cutOff()
      return
    }
    this.#pingedAt = now
    this.#unanswered++
    this.#carrier.ping()
  }

  answered(): void {
    this.#unanswered = 0
  }

  received(data: Uint8Array | null): void {
    if (this.#closed || this.services.closing) return
    if (data === null) {
      this.close('malformed-frame')
      return
    }
    const now = this.services.deps.clock.now()
    if (!this.#frames.take(1, now) || !this.#bytes.take(data.length, now)) {
      this.close('too-many-frames')
      return
    }
    if (this.#lease.userId === null) {
      this.#strangerBytes += data.length
      if (this.#strangerBytes > bounds.strangerBytes) {
        this.close('too-many-frames')
        return
      }
    }
    if (data.length === 1 && data[0] === MessageType.Ping) {
      this.send(noAddress, pong)
      return
    }
    if (data.length === 1 && data[0] === MessageType.Pong) return
    try {
      this.#route(data)
    } catch (error) {
      // What nobody foresaw must cost the one who sent it, and nobody else [LIMIT-3].
      this.services.deps.log.error({ err: error, socketId: this.socketId }, 'a frame could not be handled')
      this.close('channel-renewed')
    }
  }

  #route(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data)
    const address = readAddress(decoder)
    if (address === null || !decoding.hasContent(decoder)) {
      this.close('malformed-frame')
      return
    }
    const frame = this.#read(decoder)
    const session = this.sessions.get(address.full) ?? this.#newSession(address, frame)
    session?.receive(frame)
  }

  #read(decoder: decoding.Decoder): ClientFrame {
    const frame = readFrame(decoder)
    if (decoder.arr.length <= this.services.deps.limits.frameBytes) return frame
    return { type: 'too-large', owed: frame.type === 'edit' || (frame.type === 'malformed' && frame.owed) }
  }

  #newSession(address: Address, frame: ClientFrame): ChannelSession | null {
    if (this.#ended?.has(address.full) && frame.type !== 'auth') {
      if (++this.#strays > bounds.strayFrames) this.close('too-many-frames')
      return null
    }
    if (frame.type === 'close') return null
    const channel: Channel | null = parseChannel(address.name)
    if (channel === null) {
      this.#unknownChannel(address, frame)
      return null
    }
    if (this.sessions.size >= this.services.deps.limits.channelsPerSocket) {
      this.close('too-many-frames')
      return null
    }
    this.#ended?.delete(address.full)
    const session = new ChannelSession(channel, address, this)
    this.sessions.set(address.full, session)
    return session
  }

  /** A name that is none is answered like a document that is not there; a provider asks once, with its token. */
  #unknownChannel(address: Address, frame: ClientFrame): void {
    if (frame.type === 'malformed' || frame.type === 'too-large') {
      this.close('malformed-frame')
      return
    }
    if (++this.#strays > bounds.strayFrames) {
      this.close('too-many-frames')
      return
    }
    if (frame.type === 'auth') this.send(encodeAddress(address.full), bodies.denied('not-found'))
  }

  #cutOff(): void {
    this.close('too-slow')
    this.#carrier.cut()
  }

  gone(): void {
    this.#closed = true
    for (const session of [...this.sessions.values()]) session.leave()
    this.#room.gone(this)
  }
}
