import { escapeHtml } from '../../kit/html.ts'
import type { PageWriter } from './PageWriter.ts'
import type { TextNode } from './textNode.ts'

/** A picture with the room that it needs, and what somebody has written below it. */
export function writePicture({ attrs }: TextNode, out: PageWriter): void {
  const { fileId, src, alt, caption, width, height, size, align } = attrs
  if (typeof fileId !== 'string' && typeof src !== 'string') return
  // In steps that the style sheet has: a page without inline styles has no other way.
  const wide = typeof size === 'number' ? ` w${Math.max(1, Math.round(size / 5)) * 5}` : ''
  out.html(`<figure class="${typeof align === 'string' ? align : 'middle'}${wide}"><img src="`)
  if (typeof fileId === 'string') out.file(fileId)
  else out.foreign(String(src))
  out.html(`" alt="${escapeHtml(typeof alt === 'string' ? alt : '')}"`)
  if (typeof width === 'number' && typeof height === 'number') out.html(` width="${width}" height="${height}"`)
  out.html(' loading="lazy" decoding="async">')
  if (typeof caption === 'string') out.html('<figcaption>').text(caption).html('</figcaption>')
  out.html('</figure>')
}
