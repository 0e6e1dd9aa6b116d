import type { IncomingMessage } from 'node:http'
import { WeftError } from '@weft/shared/kit'

const loopback = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The origins whose pages may talk to this server. Without `PUBLIC_URL`, that is this machine under each of its names.
 */
export function allowedOrigins(publicUrl: string | null, port: number): string[] {
  return publicUrl === null ? loopback.map((host) => `http://${host}:${port}`) : [publicUrl]
}

/** Throws `foreign-origin` for a page of somebody else. No Origin: not a browser, which has no cookie to be misused. */
export function checkOrigin(request: IncomingMessage, origins: readonly string[]): void {
  const { origin } = request.headers
  if (origin === undefined || origins.includes(origin)) return
  throw new WeftError(
    'foreign-origin',
    `This address is not the server's own: open ${origins[0]}, or set PUBLIC_URL to what people type.`,
  )
}
