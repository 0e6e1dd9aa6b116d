/**
 * Why the server closed a channel or the socket, and what the client does about it.
 *
 * - `rejoin`: a fresh session at once (jittered), same `Y.Doc`.
 * - `spread`: a fresh session after 0 to 5 s, drawn at random, since everybody in the channel hears it at once.
 * - `renew`: ask for a new token, then rejoin.
 * - `fresh`: rejoin with a fresh `Y.Doc`; unsent own text is re-applied under a new client id [IDENT-2].
 * - `stop`: detach and tell the person; unsent edits stay on the device [SAVE-8].
 *
 * The reason travels as text: a channel's close code does not reach the provider.
 */
export const closeReasons = {
  'server-restarting': { code: 4503, client: 'rejoin' },
  'channel-renewed': { code: 4205, client: 'rejoin' },
  renewed: { code: 4206, client: 'spread' },
  'too-slow': { code: 4408, client: 'rejoin' },
  'too-many-frames': { code: 4429, client: 'rejoin' },
  'missing-dependencies': { code: 4424, client: 'rejoin' },
  'storage-full': { code: 4507, client: 'rejoin' },
  'token-expired': { code: 4401, client: 'renew' },
  'foreign-client-id': { code: 4409, client: 'fresh' },
  'signed-out': { code: 4402, client: 'stop' },
  'not-found': { code: 4404, client: 'stop' },
  'access-removed': { code: 4403, client: 'stop' },
  'too-many-sockets': { code: 4430, client: 'stop' },
  'too-large': { code: 4413, client: 'stop' },
  'workspace-full': { code: 4508, client: 'stop' },
  'malformed-frame': { code: 4400, client: 'stop' },
  'document-set-aside': { code: 4422, client: 'stop' },
  'please-reload': { code: 4426, client: 'stop' },
} as const satisfies Record<string, { code: number; client: 'rejoin' | 'spread' | 'renew' | 'fresh' | 'stop' }>

/** Within this all who were told to `spread` come back. Milliseconds. */
export const spreadWithin = 5_000

export type CloseReason = keyof typeof closeReasons
export type CloseReaction = (typeof closeReasons)[CloseReason]['client']

export function isCloseReason(text: string): text is CloseReason {
  return Object.hasOwn(closeReasons, text)
}
