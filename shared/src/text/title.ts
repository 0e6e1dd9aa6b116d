import * as Y from 'yjs'
import { titleLimit } from '../documents/index.ts'
import { fields } from './fields.ts'
import { textWithin } from './textWithin.ts'

const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, titleLimit)

/** The title as one line without control characters, cut at `titleLimit`; empty if there is none. */
export function titleOf(doc: Y.Doc): string {
  return oneLine(textWithin(doc.getXmlFragment(fields.title), titleLimit * 4))
}

/** Replaces the title, in one transaction; keeps the seed's block and what is equal at both ends. */
export function setTitle(doc: Y.Doc, title: string): void {
  const next = oneLine(title)
  doc.transact(() => {
    const fragment = doc.getXmlFragment(fields.title)
    let block = (fragment.toArray() as unknown[]).find((child) => child instanceof Y.XmlElement)
    if (block === undefined) {
      block = new Y.XmlElement('title')
      fragment.insert(0, [block as Y.XmlElement])
    }
    const element = block as Y.XmlElement
    const children = element.toArray() as unknown[]
    const text = children[0]
    if (children.length === 1 && text instanceof Y.XmlText) replaceText(text, next)
    else {
      element.delete(0, element.length)
      if (next !== '') element.insert(0, [new Y.XmlText(next)])
    }
    const at = fragment.toArray().indexOf(element)
    fragment.delete(at + 1, fragment.length - at - 1)
    fragment.delete(0, at)
  })
}

function replaceText(text: Y.XmlText, next: string): void {
  const now = text.toString()
  if (text.length !== now.length) {
    text.delete(0, text.length)
    text.insert(0, next)
    return
  }
  let start = 0
  while (start < now.length && start < next.length && now[start] === next[start]) start++
  let end = 0
  while (end < now.length - start && end < next.length - start && now.at(-1 - end) === next.at(-1 - end)) end++
  // Yjs replaces both halves of a pair that is cut between them.
  if (/[\ud800-\udbff]/.test(now[start - 1] ?? '')) start--
  if (/[\udc00-\udfff]/.test(now[now.length - end] ?? '')) end--
  text.delete(start, now.length - start - end)
  text.insert(start, next.slice(start, next.length - end))
}
