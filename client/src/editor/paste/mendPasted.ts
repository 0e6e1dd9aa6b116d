import { mendGoogleDocs } from './googleDocs.ts'
import { mendWord } from './word.ts'

/** Blocks between which a break means only room. */
const blocks = 'p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, hr, div'

/** Breaks beside blocks are room that other programs leave between them; here each would be a paragraph. */
function dropRoom(body: HTMLElement): void {
  for (const line of body.querySelectorAll('br')) {
    const beside = [line.previousElementSibling, line.nextElementSibling]
    const alone = line.parentElement?.matches('p, li, td, th, span, a') !== true
    if (alone && beside.some((element) => element?.matches(blocks))) line.remove()
  }
}

/**
 * What a program puts on the clipboard as HTML that only looks like its structure (Word's lists are paragraphs with a
 * bullet in them), as HTML that has it. What comes from elsewhere is left as it is. Safe on what anybody has written:
 * the document that it is read into runs and loads nothing.
 */
export function mendPasted(html: string): string {
  const isWord = /urn:schemas-microsoft-com:office:word|class="?Mso|mso-list:/i.test(html)
  const isGoogle = /id="docs-internal-guid-/.test(html)
  if (!isWord && !isGoogle) return html
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  if (isWord) mendWord(body)
  if (isGoogle) mendGoogleDocs(body)
  dropRoom(body)
  return body.innerHTML
}
