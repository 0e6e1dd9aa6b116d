import { escapeHtml } from '../../kit/html.ts'
import { style } from './style.ts'
import type { PageLanguage } from './words.ts'

export interface Frame {
  language: PageLanguage
  title: string
  /** Names and values of what stands in the head for search engines and chat programs. */
  meta?: readonly (readonly [name: string, value: string])[]
  /** HTML. */
  header?: string
  body: string
  footer?: string
}

const mark =
  '<svg width="20" height="20" viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#0b6b67"/><g fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"><path d="M8.5 4.5v1.2M8.5 11.3v8.2M15.5 4.5v8.2M15.5 18.3v1.2"/><path d="M4.5 8.5h8.2M18.3 8.5h1.2M4.5 15.5h1.2M11.3 15.5h8.2"/></g></svg>'

const metaTag = ([name, value]: readonly [string, string]): string =>
  `<meta ${name.startsWith('og:') || name.startsWith('article:') ? 'property' : 'name'}="${name}" content="${escapeHtml(value)}">`

/** A whole page without script. */
export const frame = ({ language, title, meta = [], header = '', body, footer }: Frame): string =>
  `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
${meta.map(metaTag).join('\n')}
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${style}</style>
</head>
<body>
<header>${mark}<span>Weft</span>${header}</header>
<main>
${body}
</main>${footer === undefined ? '' : `\n<footer>${footer}</footer>`}
</body>
</html>
`
