import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { SharedLinkId } from '@weft/shared/kit'

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

/** Twelve hours: one says a password once a day. Milliseconds. */
const admittedFor = 12 * 3_600_000

/**
 * The secrets of links: 32 bytes that only the installation's own secret can make from a link's id. Nothing of them is
 * stored, and those who manage a link can be shown its address again.
 */
export function createLinkTokens(secret: string, publicUrl: string) {
  const sign = (...said: string[]): string =>
    createHmac('sha256', secret)
      .update(['weft-shared-link', ...said].join('\0'))
      .digest('base64url')
  const tokenOf = (linkId: SharedLinkId): string => `${linkId}.${sign(linkId)}`
  const admission = (linkId: SharedLinkId, passwordHash: string, until: string): string =>
    sign(linkId, 'password', passwordHash, until)

  return {
    url: (linkId: SharedLinkId): string => `${publicUrl}/s/${tokenOf(linkId)}`,

    /** Which link an address is of; null: none of ours, whether there is such an id or not. */
    read(token: string): SharedLinkId | null {
      const { data: linkId } = SharedLinkId.safeParse(token.split('.')[0])
      return linkId !== undefined && same(token, tokenOf(linkId)) ? linkId : null
    },

    /** What a browser keeps that gave the password; another password ends it. */
    admit(linkId: SharedLinkId, passwordHash: string, now: number): { value: string; seconds: number } {
      const until = String(now + admittedFor)
      return { value: `${until}.${admission(linkId, passwordHash, until)}`, seconds: admittedFor / 1_000 }
    },

    isAdmitted(linkId: SharedLinkId, passwordHash: string, value: string, now: number): boolean {
      const [until = '', signature = ''] = value.split('.')
      return Number(until) > now && same(signature, admission(linkId, passwordHash, until))
    },
  }
}
export type LinkTokens = ReturnType<typeof createLinkTokens>
