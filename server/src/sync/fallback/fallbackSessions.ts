import type { IncomingMessage, ServerResponse } from 'node:http'
import { type UserId, WeftError } from '@weft/shared/kit'
import { batchBytes, fallbackHeaders, fallbackPaths } from '@weft/shared/sync'
import { readBytes } from '../../kit/http/jsonBody.ts'
import type { FrameCarrier } from '../frameCarrier.ts'
import type { SyncServices } from '../services.ts'
import { FallbackSession, type Taken } from './fallbackSession.ts'
import { ResponseStream } from './responseStream.ts'

const sessionId = /^[A-Za-z0-9_-]{22,64}$/
const wholeNumber = /^\d{1,15}$/

/** Two of a session's bodies may be on their way at once: one, and the repetition of one that seemed lost. */
const bodiesAtOnce = 2

const refusals: Record<Exclude<Taken, 'taken' | 'repeated'>, WeftError> = {
  gap: new WeftError('conflict', 'A batch before this one is missing: open another session.'),
  malformed: new WeftError('invalid-input', 'The batch could not be read.'),
  'too-many': new WeftError('too-many', 'More came than a session takes: wait a moment.'),
}

/** All sessions of the fallback transport in this process, and the three addresses under which they are reached. */
export class FallbackSessions {
  readonly #services: SyncServices
  readonly #admit: (carrier: FrameCarrier) => void
  readonly #sessions = new Map<string, FallbackSession>()
  readonly #byUser = new Map<UserId, number>()
  readonly #bodies = new WeakMap<FallbackSession, number>()

  constructor(services: SyncServices, admit: (carrier: FrameCarrier) => void) {
    this.#services = services
    this.#admit = admit
  }

  get size(): number {
    return this.#sessions.size
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    // A client that resets the connection meanwhile must not end the process [LIMIT-3].
    response.on('error', () => {})
    this.#answer(request, response).catch((error: unknown) => {
      if (!(error instanceof WeftError)) this.#services.deps.log.error({ err: error }, 'a batch could not be handled')
      const told =
        error instanceof WeftError ? error : new WeftError('internal', 'Something went wrong on the server. Try again.')
      if (response.headersSent) response.destroy()
      else refuse(request, response, told)
    })
  }

  tick(now: number): void {
    for (const session of [...this.#sessions.values()]) session.tick(now)
  }

  /** Lets out what the lanes have been told, and ends. */
  endAll(): void {
    for (const session of [...this.#sessions.values()]) session.end()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { deps, closing } = this.#services
    const { origin } = request.headers
    if (origin !== undefined && !deps.allowedOrigins().includes(origin)) {
      throw new WeftError('foreign-origin', 'This address is not the server’s own.')
    }
    if (closing) throw new WeftError('internal', 'The server is restarting: try again.')
    const path = request.url?.split('?')[0]
    if (request.method !== 'POST') throw new WeftError('not-found', 'There is no such address.')
    if (path === fallbackPaths.up) await this.#takeBatch(request, response)
    else if (path === fallbackPaths.stream) await this.#open(request, response, false)
    else if (path !== fallbackPaths.poll) throw new WeftError('not-found', 'There is no such address.')
    else if (request.headers[fallbackHeaders.after] === undefined) await this.#open(request, response, true)
    else this.#poll(request, response)
  }

  async #open(request: IncomingMessage, response: ServerResponse, polls: boolean): Promise<void> {
    const id = header(request, fallbackHeaders.session, sessionId)
    const userId = await this.#userOf(request)
    // Asked again, since others may have come while the token was looked at.
    if (this.#sessions.has(id)) {
      this.#sessions.get(id)?.end()
      throw new WeftError('conflict', 'This session exists: open another one.')
    }
    const count = this.#byUser.get(userId) ?? 0
    if (count >= this.#services.deps.limits.socketsPerUser) {
      throw new WeftError('too-many', 'You have more pages open than the server allows.')
    }
    const session = new FallbackSession(id, userId, {
      limits: this.#services.deps.limits,
      now: () => this.#services.deps.clock.now(),
      admit: this.#admit,
      ended: (ended) => this.#forget(ended),
    })
    this.#sessions.set(id, session)
    this.#byUser.set(userId, count + 1)
    const down = new ResponseStream(response, () => session.brokenOff(down))
    if (polls) session.poll(down, null)
    else session.follow(down)
  }

  #poll(request: IncomingMessage, response: ServerResponse): void {
    const session = this.#known(request)
    const after = Number(header(request, fallbackHeaders.after, wholeNumber))
    const down = new ResponseStream(response, () => session.brokenOff(down))
    if (!session.poll(down, after)) throw refusals.gap
  }

  async #takeBatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const session = this.#known(request)
    const number = Number(header(request, fallbackHeaders.number, wholeNumber))
    const bodies = this.#bodies.get(session) ?? 0
    if (bodies >= bodiesAtOnce) throw refusals['too-many']
    this.#bodies.set(session, bodies + 1)
    let bytes: Buffer
    try {
      bytes = await readBytes(request, response, batchBytes)
    } finally {
      this.#bodies.set(session, (this.#bodies.get(session) ?? 1) - 1)
    }
    if (!session.isOpen) throw unknownSession()
    if (this.#services.closing) throw new WeftError('internal', 'The server is restarting: try again.')
    const taken = session.take(number, bytes)
    if (taken !== 'taken' && taken !== 'repeated') throw refusals[taken]
    response.writeHead(204, { 'cache-control': 'no-store' }).end()
  }

  /** [ACCESS-4] Whose session it will be; a stranger gets none. */
  async #userOf(request: IncomingMessage): Promise<UserId> {
    const { deps } = this.#services
    const [scheme, token] = (request.headers.authorization ?? '').split(/ (.*)/s)
    try {
      if (scheme !== 'Bearer' || token === undefined) throw new Error('no token')
      const { userId, expiresAt } = await deps.verifySocketToken(token)
      if (expiresAt < deps.clock.now()) throw new Error('the token has ended')
      return userId
    } catch (cause) {
      throw new WeftError('signed-out', 'This token is not valid, or no longer: ask for a new one.', { cause })
    }
  }

  #known(request: IncomingMessage): FallbackSession {
    const session = this.#sessions.get(header(request, fallbackHeaders.session, sessionId))
    if (session === undefined) throw unknownSession()
    return session
  }

  #forget(session: FallbackSession): void {
    if (!this.#sessions.delete(session.id)) return
    const count = this.#byUser.get(session.userId) ?? 1
    if (count > 1) this.#byUser.set(session.userId, count - 1)
    else this.#byUser.delete(session.userId)
  }
}

const unknownSession = (): WeftError => new WeftError('not-found', 'This session is over: open another one.')

function header(request: IncomingMessage, name: string, form: RegExp): string {
  const value = request.headers[name]
  if (typeof value === 'string' && form.test(value)) return value
  throw new WeftError('invalid-input', `${name}: missing, or not of its form.`)
}

function refuse(request: IncomingMessage, response: ServerResponse, error: WeftError): void {
  // What is still coming is read and dropped, so that the answer gets there.
  request.resume()
  response.writeHead(error.status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(error.toBody()))
}
