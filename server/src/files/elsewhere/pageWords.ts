import type { LinkPreview } from '@weft/shared/files'
import { Parser } from 'htmlparser2'
import type { Fetched } from './fetchGuarded.ts'

/** Longer ones are cut: a card has room for three lines. */
const titleLimit = 300
const descriptionLimit = 500

const tidy = (text: string | undefined, limit: number): string =>
  (text ?? '')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, limit)

function decoded(bytes: Buffer, type: string): string {
  const named = /charset\s*=\s*["']?([\w-]+)/i
  const label = named.exec(type)?.[1] ?? named.exec(bytes.toString('latin1', 0, 2_048))?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}

/** What a page's head says: its title, and `meta` by name or property, the first of each. */
function headOf(html: string): { title: string; meta: Map<string, string> } {
  const meta = new Map<string, string>()
  let title = ''
  let inTitle = false
  let drawings = 0
  const parser = new Parser(
    {
      onopentag(name, { property, name: named, content }) {
        const key = (property ?? named)?.toLowerCase()
        if (name === 'meta' && key !== undefined && content !== undefined && !meta.has(key)) meta.set(key, content)
        // A picture drawn in the page has a title of its own.
        if (name === 'svg') drawings++
        if (name === 'title') inTitle = drawings === 0 && title === ''
      },
      ontext(text) {
        if (inTitle) title += text
      },
      onclosetag(name) {
        if (name === 'title') inTitle = false
        if (name === 'svg') drawings--
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return { title, meta }
}

function pictureAt(address: string | undefined, page: URL): string | null {
  if (address === undefined || !URL.canParse(address, page)) return null
  const url = new URL(address, page)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
}

/** What a page says of itself (Open Graph, or else its own title and description); null: it has no title. */
export function pageWords({ address, type, bytes }: Fetched): LinkPreview | null {
  const { title, meta } = headOf(decoded(bytes, type))
  const name = tidy(meta.get('og:title') ?? meta.get('twitter:title') ?? title, titleLimit)
  if (name === '') return null
  const description = tidy(meta.get('og:description') ?? meta.get('description'), descriptionLimit)
  return {
    title: name,
    description: description === '' ? null : description,
    site: tidy(meta.get('og:site_name'), titleLimit) || address.host,
    picture: pictureAt(meta.get('og:image') ?? meta.get('twitter:image'), address),
  }
}
