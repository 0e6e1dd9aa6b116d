import type { Node } from '@tiptap/pm/model'
import type MarkdownIt from 'markdown-it'
import type { Token } from 'markdown-it/index.js'
import { type PictureAttributes, pictureAddress, pictureAt } from './image.ts'
import { addressWithTitle } from './markdownInlineWriter.ts'
import { escapeMarkdown } from './markdownText.ts'

const isBlank = ({ type, content }: Token): boolean =>
  type === 'softbreak' || (type === 'text' && content.trim() === '')

/** Whether the words of a paragraph are pictures and nothing else, each of which can be shown. */
export function isPicturesAlone(children: readonly Token[]): boolean {
  const rest = children.filter((token) => !isBlank(token))
  return rest.length > 0 && rest.every((token) => token.type === 'image' && pictureAt(token.attrGet('src')) !== null)
}

/** Takes the pictures out of paragraphs that hold nothing else. Others in the midst of words have become links by now. */
export function pictureBlocks(md: MarkdownIt): void {
  md.core.ruler.push('weft_pictures', (state) => {
    const tokens: Token[] = []
    let skip = false
    for (const token of state.tokens) {
      const images = token.type === 'inline' ? (token.children ?? []).filter(({ type }) => type === 'image') : []
      if (images.length > 0) {
        tokens.pop()
        for (const image of images) {
          const picture = new state.Token('picture', '', 0)
          picture.attrs = image.attrs
          picture.content = textOf(image.children ?? [])
          tokens.push(picture)
        }
        skip = true
      } else if (skip) skip = false
      else tokens.push(token)
    }
    state.tokens = tokens
  })
}

const textOf = (children: readonly Token[]): string =>
  children
    .map(({ type, content, children: inside }) => (type.endsWith('break') ? ' ' : inside ? textOf(inside) : content))
    .join('')

/** The attributes of a picture that was read. */
export const pictureOf = (token: Token): Partial<PictureAttributes> => ({
  ...pictureAt(token.attrGet('src')),
  alt: token.content.replace(/\s+/g, ' ').trim().slice(0, 2_000) || null,
  caption: token.attrGet('title')?.replace(/\s+/g, ' ').trim().slice(0, 1_000) || null,
})

/** A picture as a line of Markdown; null: it names none. How wide it is shown, and where, Markdown has no words for. */
export function pictureLine(node: Node): string | null {
  const attrs = node.attrs as PictureAttributes
  const address = pictureAddress(attrs)
  const alt = (attrs.alt ?? '').replace(/\s+/g, ' ').trim()
  return address === null ? null : `![${escapeMarkdown(alt)}${addressWithTitle(address, attrs.caption)}`
}
