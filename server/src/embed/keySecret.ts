import { createHash, createHmac } from 'node:crypto'
import type { ApiKeyId } from '@weft/shared/kit'

/**
 * The secret of an API key: 32 bytes that only the installation's own secret can make from its id, so that the command
 * that made it gets the same answer when it is repeated, though the database holds nothing but a hash.
 */
export const keySecret = (secret: string, keyId: ApiKeyId): string =>
  `weft_${createHmac('sha256', secret).update(`weft-api-key\0${keyId}`).digest('base64url')}`

/** Keys are looked up by it, so that how long that takes tells nothing of the secret. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** What is shown of one, to tell it from others: six of its 43 characters. */
export const prefixOf = (secret: string): string => secret.slice(0, 'weft_'.length + 6)
