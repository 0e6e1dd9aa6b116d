import type { IncomingMessage, ServerResponse } from 'node:http'
import { WeftError } from '@weft/shared/kit'
import type { RequestHandler } from 'express'

const sendsBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Time for the answer to arrive before the connection goes, in milliseconds. */
const farewell = 1_000

/** Reads no further: Express' own reader takes in what is too large up to its end, which need not come. */
function hangUp(request: IncomingMessage, response: ServerResponse): WeftError {
  request.pause()
  response.setHeader('connection', 'close')
  response.on('finish', () => void setTimeout(() => request.socket.destroy(), farewell).unref())
  return new WeftError('too-large', 'This request is larger than the server takes.')
}

/** The body of a request; throws `too-large` above `limit` bytes, and hangs up. */
export function readBytes(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let size = 0
  const take = (chunk: Buffer): void => {
    size += chunk.length
    chunks.push(chunk)
    if (size <= limit) return
    request.off('data', take)
    reject(hangUp(request, response))
  }
  if (Number(request.headers['content-length'] ?? 0) > limit) reject(hangUp(request, response))
  else {
    request.on('data', take)
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new WeftError('invalid-input', 'The request ended before its body.')))
  }
  return promise
}

/** Puts the JSON of a request into `request.body`, at most `limit` bytes of it; nothing else is let in. */
export const jsonBody =
  (limit: number): RequestHandler =>
  async (request, response, next) => {
    if (!sendsBody(request)) return next()
    const type = request.headers['content-type'] ?? ''
    if (!/^application\/json\s*(;|$)/i.test(type) || request.headers['content-encoding'] !== undefined) {
      throw new WeftError('invalid-input', 'The body must be JSON, with content-type application/json.')
    }
    const bytes = await readBytes(request, response, limit)
    try {
      request.body = JSON.parse(bytes.toString('utf8'))
    } catch (cause) {
      throw new WeftError('invalid-input', 'The body is not JSON.', { cause })
    }
    next()
  }
