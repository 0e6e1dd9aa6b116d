import { type OutsideRole, outsideRoles } from './schema.ts'

/** Whether a key of one role may hand out another. */
export const reachesRole = (key: OutsideRole, asked: OutsideRole): boolean =>
  outsideRoles.indexOf(asked) <= outsideRoles.indexOf(key)

/** Whether a key can still be used. Milliseconds since 1970. */
export const isLiving = (key: { expiresAt: number }, now: number): boolean => key.expiresAt > now

/**
 * An address as its pages say it in the header Origin, out of whatever a person pastes; null for anything that is no
 * address of the web.
 */
export function originOf(text: string): string | null {
  const written = text.trim()
  const address = URL.canParse(written) ? new URL(written) : null
  if (address === null || !/^https?:$/.test(address.protocol) || address.hostname === '') return null
  // What a browser would never send, such as a wildcard, would look allowed and open nothing.
  return /^[\w.:[\]-]+$/.test(address.host) ? address.origin : null
}
