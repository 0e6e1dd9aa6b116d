import { type CloseReason, closeReasons, isCloseReason } from '@weft/shared/sync'

const byCode = new Map<number, CloseReason>(
  (Object.keys(closeReasons) as CloseReason[]).map((reason) => [closeReasons[reason].code, reason]),
)

/** RFC 6455's own code for a message over the other side's bound; sent by the socket library, not by us. */
const messageTooBig = 1009

/** Why a socket closed, if the server said so; null for a network that went away. */
export function socketCloseReason(code: number, text: string): CloseReason | null {
  if (isCloseReason(text)) return text
  return code === messageTooBig ? 'too-large' : (byCode.get(code) ?? null)
}

/**
 * Why a channel was closed or refused. A reason that this page does not know is no ground for giving up or deleting
 * anything: it is tried again with a new token.
 */
export function channelCloseReason(text: string): CloseReason {
  return isCloseReason(text) ? text : 'token-expired'
}

/** Reasons that end the whole socket for good, whatever channels are on it. */
const endsSocket = new Set<CloseReason>(['signed-out', 'too-many-sockets', 'please-reload', 'malformed-frame'])
export const endsAllChannels = (reason: CloseReason): boolean => endsSocket.has(reason)
