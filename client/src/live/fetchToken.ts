import { SocketToken } from '@weft/shared/sync'
import { api } from '../kit/index.ts'

/** Asks the server that served this page for a socket token. */
export async function fetchToken(): Promise<SocketToken> {
  return SocketToken.parse(await api.sync.token())
}

/** Where the socket of this page's server is. */
export function socketUrl(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/sync`
}
