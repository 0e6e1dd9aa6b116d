import type { IncomingMessage } from 'node:http'
import { DocumentId } from '@weft/shared/kit'

/** Below it stand the ids of documents. */
export const plainPath = '/y/'

/** The subprotocol behind which a client may name its token, where the address is logged or shown. */
export const plainProtocol = 'weft.token'

/** As long as one may be that comes in a frame. */
const tokenLimit = 8192

export interface PlainRequest {
  documentId: DocumentId
  token: string
}

/** What a request for a socket below `/y/` asks for; null: nothing that can be. The address is never logged. */
export function readPlainRequest(request: IncomingMessage): PlainRequest | null {
  const address = request.url ?? ''
  if (!URL.canParse(address, 'http://localhost')) return null
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  const documentId = DocumentId.safeParse(pathname.slice(plainPath.length))
  if (!pathname.startsWith(plainPath) || !documentId.success) return null
  const token = searchParams.get('token') ?? protocolToken(request.headers['sec-websocket-protocol'])
  return token === null || token.length > tokenLimit ? null : { documentId: documentId.data, token }
}

function protocolToken(header: string | undefined): string | null {
  const named = header?.split(',').map((one) => one.trim()) ?? []
  return named[0] === plainProtocol ? (named[1] ?? null) : null
}
