import { createHash, createHmac } from 'node:crypto'
import type { InviteId } from '@weft/shared/kit'

/**
 * The secret of an invitation: 32 bytes that only the installation's own secret can make from its id, so that a
 * command which is repeated gets the same link again, though the database holds nothing but a hash.
 */
export const inviteToken = (secret: string, inviteId: InviteId): string =>
  createHmac('sha256', secret).update(`weft-invite\0${inviteId}`).digest('base64url')

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
