import type { TextPage } from '../../documents/index.ts'
import { escapeHtml } from '../../kit/html.ts'
import { frame } from './frame.ts'
import { type PageLanguage, words } from './words.ts'

export interface ShownDocument {
  page: TextPage
  icon: string | null
  updatedAt: number
  /** The whole address of the page. */
  url: string
  language: PageLanguage
  indexed: boolean
  /** Whether programs that make previews may be told what stands in it. */
  previewed: boolean
  /** Where the reader, who may open it, finds it in the application; null: they may not. */
  place: string | null
}

/** A document for whoever has a link to it. */
export function documentPage(shown: ShownDocument): string {
  const { page, icon, language, url, place } = shown
  const say = words[language]
  const title = page.title.trim() || say.untitled
  const { pathname } = new URL(url)
  const text = page.parts.map((part) => {
    if (typeof part === 'string') return part
    return escapeHtml('word' in part ? say.inText[part.word] : `${pathname}/${part.picture}`)
  })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(shown.updatedAt)
  const changed = `<time datetime="${new Date(shown.updatedAt).toISOString()}">${escapeHtml(day)}</time>`
  const heading = `${icon === null ? '' : `<span class="icon" aria-hidden="true">${escapeHtml(icon)}</span>`}${escapeHtml(title)}`
  return frame({
    language,
    title: `${icon === null ? '' : `${icon} `}${title}`,
    meta: metaOf(shown, title),
    header: `<span aria-hidden="true">·</span><span>${escapeHtml(say.readOnly)}</span>${
      place === null ? '' : `<a href="${escapeHtml(place)}">${escapeHtml(say.openInWeft)}</a>`
    }`,
    body: `<article>
<h1>${heading}</h1>
${text.join('')}
</article>`,
    footer: say.changed('\0').split('\0').map(escapeHtml).join(changed),
  })
}

function metaOf({ page, url, indexed, previewed }: ShownDocument, title: string): [string, string][] {
  const robots: [string, string][] = indexed ? [] : [['robots', 'noindex, nofollow']]
  if (!previewed) return robots
  const [picture] = page.fileIds
  return [
    ...robots,
    ...(page.start === '' ? [] : ([['description', page.start]] satisfies [string, string][])),
    ['og:title', title],
    ['og:type', 'article'],
    ['og:site_name', 'Weft'],
    ['og:url', url],
    ...(page.start === '' ? [] : ([['og:description', page.start]] satisfies [string, string][])),
    ...(picture === undefined ? [] : ([['og:image', `${url}/files/${picture}`]] satisfies [string, string][])),
    ['twitter:card', picture === undefined ? 'summary' : 'summary_large_image'],
  ]
}
