import { markdownLimit, titleLimit } from '@weft/shared/documents'

export type ImportProblem = 'too-large' | 'not-text'

/** A UTF-8 character takes at most three bytes for each UTF-16 code unit that `markdownLimit` counts. */
const byteLimit = markdownLimit * 3

/** A document's title and text from a Markdown file: a first heading becomes the title and leaves the text. */
export function splitTitle(markdown: string, fileName: string): { title: string; markdown: string } {
  const heading = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|$)/.exec(markdown)
  const words = heading?.[1]?.replace(/[*_`~]+/g, '').trim()
  if (heading === null || words === undefined || words === '') {
    return { title: fileName.replace(/\.[^.]+$/, '').slice(0, titleLimit), markdown }
  }
  return { title: words.slice(0, titleLimit), markdown: markdown.slice(heading[0].length).replace(/^\s*\n/, '') }
}

/** Reads a file that should be Markdown; says what is wrong where it is not. */
export async function readMarkdown(file: File): Promise<{ title: string; markdown: string } | ImportProblem> {
  if (file.size > byteLimit) return 'too-large'
  const read = readText(new Uint8Array(await file.arrayBuffer()))
  return typeof read === 'string' ? read : splitTitle(read.text, file.name)
}

/** The text of a file that may become a document. */
export function readText(bytes: Uint8Array): { text: string } | ImportProblem {
  if (bytes.length > byteLimit) return 'too-large'
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return 'not-text'
  }
  if (text.includes('\0')) return 'not-text'
  return text.length > markdownLimit ? 'too-large' : { text }
}
