import { createHash } from 'node:crypto'
import { escapeHtml } from '../../kit/html.ts'
import type { PagePart, PageWord } from './textPage.ts'

/** Collects the parts of a page; what is text is escaped here and nowhere else. */
export class PageWriter {
  readonly parts: PagePart[] = []
  readonly fileIds = new Set<string>()
  readonly elsewhere = new Map<string, string>()
  /** The level in the text that stands right below the page's own heading, which is its title. */
  readonly topHeading: number
  #html = ''

  constructor(topHeading = 1) {
    this.topHeading = topHeading
  }

  html(html: string): this {
    this.#html += html
    return this
  }

  text(text: string): this {
    return this.html(escapeHtml(text))
  }

  word(word: PageWord): this {
    return this.#part({ word })
  }

  /** The address of a stored picture. */
  file(fileId: string): this {
    this.fileIds.add(fileId)
    return this.#part({ picture: `files/${fileId}` })
  }

  /** The address of a picture from elsewhere, which is asked for here: nobody there sees who reads. */
  foreign(address: string): this {
    const key = createHash('sha256').update(address).digest('base64url').slice(0, 22)
    this.elsewhere.set(key, address)
    return this.#part({ picture: `elsewhere/${key}` })
  }

  finish(): PagePart[] {
    if (this.#html !== '') this.parts.push(this.#html)
    this.#html = ''
    return this.parts
  }

  #part(part: PagePart): this {
    if (this.#html !== '') this.parts.push(this.#html)
    this.#html = ''
    this.parts.push(part)
    return this
  }
}
