import type { SharedLinkId } from '@weft/shared/kit'
import type { SharedLink } from '@weft/shared/sharedLinks'

/** What somebody says of one link: that something about it is to be otherwise, or that it is to end. */
export type LinkSaid =
  | { linkId: SharedLinkId; change: Partial<Pick<SharedLink, 'reach' | 'expiresAt' | 'indexed'>> }
  | { linkId: SharedLinkId; end: true }

/** The links as they are once all that was said has gone through. */
export function withSaid(links: readonly SharedLink[], said: readonly LinkSaid[]): SharedLink[] {
  let shown = [...links]
  for (const one of said) {
    shown =
      'end' in one
        ? shown.filter(({ id }) => id !== one.linkId)
        : shown.map((link) => (link.id === one.linkId ? { ...link, ...one.change } : link))
  }
  return shown
}
