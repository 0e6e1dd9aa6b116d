import { ErrorBody, WeftError } from '@weft/shared/kit'
import { SocketToken } from '@weft/shared/sync'

/** Asks the server that served this page for a socket token. Rejects with the server's `WeftError`, or `internal`. */
export async function fetchToken(): Promise<SocketToken> {
  const response = await fetch('/api/v1/sync/token', { method: 'POST', credentials: 'same-origin' })
  const body: unknown = await response.json().catch(() => null)
  if (response.ok) return SocketToken.parse(body)
  const error = ErrorBody.safeParse(body)
  if (error.success) throw new WeftError(error.data.id, error.data.message)
  throw new WeftError(
    response.status === 401 ? 'signed-out' : 'internal',
    `no token for the socket: ${response.status}`,
  )
}

/** Where the socket of this page's server is. */
export function socketUrl(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/sync`
}
