import type MarkdownIt from 'markdown-it'
import type { StateCore, Token } from 'markdown-it/index.js'
import { documentOfPath } from './documentLink.ts'
import { isPicturesAlone } from './markdownPictures.ts'

type TokenClass = StateCore['Token']

const tag = /^<(?:(u)|(\/u)|(br) ?\/?)>/i

/** For each bracket markdown-it looks through the rest of its paragraph: 400,000 of them took 3 s. */
const bracketLimit = 2_000

/** Leaves a paragraph with more brackets than anybody writes as the text that it is. */
export function boundedInline(md: MarkdownIt): void {
  md.core.ruler.at('inline', (state) => {
    for (const token of state.tokens) {
      if (token.type !== 'inline' || token.children === null) continue
      if (token.content.split('[', bracketLimit + 2).length <= bracketLimit) {
        md.inline.parse(token.content, md, state.env, token.children)
      } else {
        const text = new state.Token('text', '', 0)
        text.content = token.content.replace(/\s+/g, ' ')
        token.children.push(text)
      }
    }
  })
}

/** Reads `<u>…</u>` as underline, `<br>` as a hard break, and an image in the midst of words as a link with its description. */
export function htmlInline(md: MarkdownIt): void {
  md.inline.ruler.before('autolink', 'weft_html', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x3c) return false
    const found = tag.exec(state.src.slice(state.pos, state.pos + 6))
    if (found === null) return false
    if (!silent) {
      if (found[3]) state.push('hardbreak', 'br', 0)
      else state.push(found[1] ? 'underline_open' : 'underline_close', 'u', 0).content = found[0]
    }
    state.pos += found[0].length
    return true
  })
  md.core.ruler.push('weft_inline', (state) => {
    for (const [i, token] of state.tokens.entries()) {
      if (token.type !== 'inline' || token.children === null) continue
      nameAnew(token.children, state.env)
      const mayBePictures = ['paragraph_open', 'td_open', 'th_open'].includes(state.tokens[i - 1]?.type ?? '')
      if (mayBePictures && isPicturesAlone(token.children)) continue
      token.children = mended(token.children, state.Token)
    }
  })
}

/** What the addresses of a text are to be where it goes: those of links and of pictures. */
export interface MarkdownAddresses {
  link(address: string): string
  picture(address: string): string
}

function nameAnew(children: readonly Token[], { addresses }: { addresses?: MarkdownAddresses }): void {
  if (addresses === undefined) return
  for (const token of children) {
    const [name, to] =
      token.type === 'image' ? (['src', addresses.picture] as const) : (['href', addresses.link] as const)
    if (token.type !== 'image' && token.type !== 'link_open') continue
    token.attrSet(name, to(token.attrGet(name) ?? ''))
  }
}

function mended(children: readonly Token[], Token: TokenClass): Token[] {
  balance(children)
  const mended = children.flatMap((token) => (token.type === 'image' ? imageLink(token, Token) : [token]))
  return documentLinks(mended, Token)
}

/** A link to a document's page of this installation, with nothing but words in it, is the document itself. */
function documentLinks(children: readonly Token[], Token: TokenClass): Token[] {
  const read: Token[] = []
  for (let i = 0; i < children.length; i++) {
    const token = children[i] as Token
    const named =
      token.type === 'link_open' && !token.attrGet('title') ? documentOfPath(token.attrGet('href') ?? '') : null
    const text = children[i + 1]?.type === 'text' ? children[i + 1] : undefined
    const end = i + (text === undefined ? 1 : 2)
    if (named === null || children[end]?.type !== 'link_close') {
      read.push(token)
      continue
    }
    const link = new Token('document_link', 'a', 0)
    link.meta = { ...named, title: text?.content.trim() ?? '' }
    read.push(link)
    i = end
  }
  return read
}

/** A tag without its other half is the text that it is. */
function balance(children: readonly Token[]): void {
  let open: Token | undefined
  for (const token of children) {
    if (token.type === 'underline_open' && open === undefined) open = token
    else if (token.type === 'underline_close' && open !== undefined) open = undefined
    else if (token.type === 'underline_open' || token.type === 'underline_close') token.type = 'text'
  }
  if (open) open.type = 'text'
}

function imageLink(image: Token, Token: TokenClass): Token[] {
  const text = new Token('text', '', 0)
  text.content = image.content.replace(/[[\]\n]/g, ' ').trim() || image.attrGet('src') || ''
  const open = new Token('link_open', 'a', 1)
  open.attrSet('href', image.attrGet('src') ?? '')
  return [open, text, new Token('link_close', 'a', -1)]
}
