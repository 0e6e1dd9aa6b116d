import { createServer, type Server, STATUS_CODES } from 'node:http'
import { type AddressInfo, isIPv6, type Socket } from 'node:net'
import { type ErrorId, WeftError } from '@weft/shared/kit'
import { StartError } from '../startError.ts'

/** For whoever sends slowly on purpose: headers, and a whole request with its body. Milliseconds. */
const headersPatience = 10_000
const requestPatience = 60_000
/** Of one request; a browser sends about 20. */
const headerLimit = 100

const refusals: Record<string, [status: number, id: ErrorId, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'too-large', 'The headers of this request are larger than the server takes.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'invalid-input', 'The request did not arrive in time.'],
}

function refuse(error: Error, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy()
  const code = 'code' in error ? String(error.code) : ''
  const [status, id, message] = refusals[code] ?? [400, 'invalid-input', 'This is not a request that can be read.']
  const body = JSON.stringify(new WeftError(id, message).toBody())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

/** Too many headers get a refusal rather than being cut off silently, as Node would do. */
export const tooManyHeaders = (rawHeaders: readonly string[]): boolean => rawHeaders.length > 2 * headerLimit

export function createHttpServer(): Server {
  const server = createServer({
    headersTimeout: headersPatience,
    requestTimeout: requestPatience,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: 16 << 10,
  })
  server.maxHeadersCount = 0
  server.on('clientError', refuse)
  return server
}

/** Begins to listen; resolves with the port. Throws a StartError that says why it can't. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port }, resolve)
  try {
    await promise
  } catch (error) {
    throw new StartError(whyNot(error, host, port), { cause: error })
  } finally {
    server.off('error', reject)
  }
  return (server.address() as AddressInfo).port
}

function whyNot(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is in use: stop what uses it, or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `${host} is no address of this machine: set HOST.`
  return `The server cannot listen on ${host}:${port} (${code}).`
}

/** What a browser on this machine types to reach the address. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::'
  return `http://${everywhere ? 'localhost' : isIPv6(host) ? `[${host}]` : host}:${port}`
}
