import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isOpenWeb } from './openWeb.ts'

export interface GuardedRequest {
  /** What is taken, as `type/subtype` begins. */
  accept: readonly string[]
  /** No more of a body is read. Bytes. */
  limit: number
  /** A longer body: is cut there, or is not taken at all. */
  longer: 'cut' | 'refuse'
  /** Hosts (with their port, where it is not the usual one) that are asked wherever they are. */
  hosts: readonly string[]
  /** Ports of any host beside the usual ones, 80 and 443. */
  ports?: readonly string[]
}

export interface Fetched {
  /** Where redirects led to. */
  address: URL
  /** As the header says, with its parameters. */
  type: string
  bytes: Buffer
}

/** All of it, name and redirects included; ms. */
const patience = 5_000
const mostRedirects = 5

interface Place {
  address: string
  family: number
}

/**
 * Where a host may be asked: every address that its name has is of the open web, or it is refused. Asking goes to just the
 * address that was looked at: a name that says something else the next time changes nothing.
 */
async function placeOf(url: URL, { hosts, ports = [] }: GuardedRequest): Promise<Place | null> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  if (url.username !== '' || url.password !== '') return null
  const named = hosts.includes(url.host)
  // The URL parser knows the usual ports and drops them, and writes every form of an IPv4 address as four numbers.
  if (url.port !== '' && !named && !ports.includes(url.port)) return null
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  const places = family === 0 ? await lookup(host, { all: true }) : [{ address: host, family }]
  const [first] = places
  return first !== undefined && (named || places.every(({ address }) => isOpenWeb(address))) ? first : null
}

const pinnedTo =
  ({ address, family }: Place): LookupFunction =>
  (_host, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family)

function ask(url: URL, place: Place, accept: readonly string[], signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  send(url, {
    lookup: pinnedTo(place),
    // A connection of its own: none that was made for another name is used again.
    agent: false,
    signal,
    maxHeaderSize: 16 << 10,
    headers: {
      accept: accept.map((type) => (type.endsWith('/') ? `${type}*` : type)).join(', '),
      'accept-encoding': 'identity',
      'user-agent': 'Mozilla/5.0 (compatible; Weft link preview)',
    },
  })
    .on('response', resolve)
    .on('error', reject)
    .end()
  return promise
}

async function bodyOf(answer: IncomingMessage, { limit, longer }: GuardedRequest): Promise<Buffer | null> {
  if (longer === 'refuse' && Number(answer.headers['content-length'] ?? 0) > limit) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size <= limit) continue
    if (longer === 'refuse') return null
    break
  }
  return Buffer.concat(chunks).subarray(0, limit)
}

async function follow(from: string, request: GuardedRequest, signal: AbortSignal): Promise<Fetched | null> {
  let url = new URL(from)
  for (let asked = 0; asked <= mostRedirects; asked++) {
    const place = await placeOf(url, request)
    if (place === null || signal.aborted) return null
    const answer = await ask(url, place, request.accept, signal)
    try {
      answer.on('error', () => {})
      const status = answer.statusCode ?? 0
      const { location } = answer.headers
      if (status >= 300 && status < 400 && location !== undefined) {
        url = new URL(location, url)
        continue
      }
      const type = answer.headers['content-type']?.trim().toLowerCase() ?? ''
      const isTaken = request.accept.some((prefix) => type.startsWith(prefix))
      if (status !== 200 || !isTaken || (answer.headers['content-encoding'] ?? 'identity') !== 'identity') return null
      const bytes = await bodyOf(answer, request)
      return bytes && { address: url, type, bytes }
    } finally {
      answer.destroy()
    }
  }
  return null
}

/**
 * Asks a place elsewhere with GET; null for whatever is not an answer of the kind that was asked for, from the open web and
 * in time. It sends no cookie, and never reaches what only this server can reach.
 */
export async function fetchGuarded(address: string, request: GuardedRequest): Promise<Fetched | null> {
  const ended = new AbortController()
  const { promise: late, resolve } = Promise.withResolvers<null>()
  // A name that is looked up cannot be given up; nobody waits for it any longer.
  const timer = setTimeout(() => {
    ended.abort()
    resolve(null)
  }, patience)
  try {
    return await Promise.race([follow(address, request, ended.signal).catch(() => null), late])
  } finally {
    clearTimeout(timer)
    ended.abort()
  }
}
