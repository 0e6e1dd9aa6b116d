import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DocumentId, UserId } from '@weft/shared/kit'
import type { CloseReason } from '@weft/shared/sync'
import { type Server, WebSocketServer } from 'ws'
import { sameSource, type VisitSource } from '../auth/index.ts'
import type { ChannelSession } from './channelSession.ts'
import { ClientSocket, type SocketRoom } from './clientSocket.ts'
import type { FrameCarrier } from './frameCarrier.ts'
import { PlainCarrier } from './plain/PlainCarrier.ts'
import { plainProtocol, readPlainRequest } from './plain/plainUpgrade.ts'
import type { SyncServices } from './services.ts'
import { CarriedSocket, WebSocketCarrier } from './webSocketCarrier.ts'

/** All sockets of the process: lets them in, counts them for each person, and gives them the time. */
export class Sockets implements SocketRoom {
  readonly services: SyncServices
  readonly #sockets = new Set<ClientSocket>()
  readonly #byUser = new Map<UserId, Set<ClientSocket>>()
  readonly #server: Server<typeof CarriedSocket>

  constructor(services: SyncServices) {
    this.services = services
    this.#server = new WebSocketServer<typeof CarriedSocket>({
      noServer: true,
      // A token that came as a protocol is not said back.
      handleProtocols: (protocols) => (protocols.has(plainProtocol) ? plainProtocol : false),
      WebSocket: CarriedSocket,
      clientTracking: false,
      perMessageDeflate: false,
      // Above the limit a frame is still read up to here, so that its channel can be told what was too large.
      maxPayload: services.deps.limits.frameBytes * 2,
    })
  }

  get size(): number {
    return this.#sockets.size
  }

  *sessions(): Generator<readonly [ChannelSession, UserId | null]> {
    for (const socket of this.#sockets) {
      for (const session of socket.sessions.values()) yield [session, socket.userId]
    }
  }

  /** A foreign Origin is refused; none is no browser, and its token is no cookie. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { origin } = request.headers
    if (this.services.closing) {
      refuse(socket, '503 Service Unavailable')
      return
    }
    if (origin !== undefined && !this.services.deps.allowedOrigins().includes(origin)) {
      refuse(socket, '403 Forbidden')
      return
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.add(new WebSocketCarrier(ws, socket))
    })
  }

  /** For plain y-websocket clients, from this server's own pages or from a place that the document's workspace allows. */
  async handlePlainUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const asked = readPlainRequest(request)
    if (this.services.closing) return refuse(socket, '503 Service Unavailable')
    if (asked === null) return refuse(socket, '404 Not Found')
    const { documentId, token } = asked
    if (!(await this.#mayComeFrom(request.headers.origin, documentId))) return refuse(socket, '403 Forbidden')
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.add(new PlainCarrier(new WebSocketCarrier(ws, socket), documentId, token))
    })
  }

  async #mayComeFrom(origin: string | undefined, documentId: DocumentId): Promise<boolean> {
    const { deps } = this.services
    if (origin === undefined || deps.allowedOrigins().includes(origin)) return true
    try {
      return await deps.mayEmbedFrom(origin, documentId)
    } catch (error) {
      deps.log.warn({ err: error, documentId }, 'it is not known whether a place is allowed')
      return false
    }
  }

  /** A client has come, by whatever carries it. */
  add(carrier: FrameCarrier): void {
    this.#sockets.add(new ClientSocket(carrier, this))
  }

  admit(socket: ClientSocket, userId: UserId): boolean {
    const theirs = this.#byUser.get(userId) ?? new Set()
    if (theirs.size >= this.services.deps.limits.socketsPerUser) return false
    theirs.add(socket)
    this.#byUser.set(userId, theirs)
    return true
  }

  gone(socket: ClientSocket): void {
    this.#sockets.delete(socket)
    const { userId } = socket
    const theirs = userId === null ? undefined : this.#byUser.get(userId)
    if (userId === null || theirs === undefined) return
    theirs.delete(socket)
    if (theirs.size === 0) this.#byUser.delete(userId)
  }

  /** The person's account has changed: what their pages say of themselves is stamped anew [IDENT-1]. */
  renewPerson(userId: UserId): void {
    for (const socket of this.#byUser.get(userId) ?? []) void socket.renewPerson()
  }

  /** The person was signed out on a device: a token that its page asks for anew says whether it is still somebody's. */
  endSignIn(userId: UserId, signInId: string): void {
    for (const socket of [...(this.#byUser.get(userId) ?? [])]) {
      if (socket.signInId === signInId) socket.close('token-expired')
    }
  }

  /** [ACCESS-2] What let these visitors in has ended. */
  endSource(source: VisitSource): void {
    for (const socket of [...this.#sockets]) {
      const theirs = socket.principal?.only?.source ?? null
      if (theirs !== null && sameSource(theirs, source)) socket.close('access-removed')
    }
  }

  /** Whether a page of this person shows a document, and they are there. Guests have no presence: their open page counts. */
  isLookingAt(userId: UserId, documentId: DocumentId): boolean {
    let isPresent = false
    let isOpen = false
    for (const socket of this.#byUser.get(userId) ?? []) {
      for (const session of socket.sessions.values()) {
        if (session.shows === documentId) return true
        if (session.channel.kind === 'presence') isPresent = true
        else if (session.channel.kind === 'doc' && session.channel.documentId === documentId) isOpen ||= session.isOpen
      }
    }
    return isOpen && !isPresent
  }

  tick(now: number): void {
    for (const socket of [...this.#sockets]) socket.tick(now)
  }

  closeAll(reason: CloseReason): void {
    for (const socket of [...this.#sockets]) socket.close(reason)
  }
}

function refuse(socket: Duplex, status: string): void {
  // A client that resets the connection meanwhile must not end the process [LIMIT-3].
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
