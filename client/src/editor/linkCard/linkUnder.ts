import { safeHref } from '@weft/shared/editor'

/** The link that a card may tell more of: one that leads out of here. */
export function linkUnder(target: EventTarget | null, origin: string): HTMLAnchorElement | null {
  const anchor = target instanceof Element ? target.closest<HTMLAnchorElement>('.weft-prose a[href]') : null
  const href = safeHref(anchor?.getAttribute('href'))
  if (anchor === null || href === null || !URL.canParse(href, origin)) return null
  const url = new URL(href, origin)
  return ['http:', 'https:'].includes(url.protocol) && url.origin !== origin ? anchor : null
}
