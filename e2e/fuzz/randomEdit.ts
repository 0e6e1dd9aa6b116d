import * as Y from 'yjs'
import type { Randomness } from './randomness.ts'

const marks = [{ bold: {} }, { italic: {} }, { bold: null }, { code: {} }] as const

const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(text)])
  return element
}

/** One edit as an editor makes them: type, delete, format, split off or remove a paragraph, change the title. */
export function randomEdit(doc: Y.Doc, random: Randomness, word: string): void {
  const body = doc.getXmlFragment('body')
  const texts = body.toArray().flatMap((node) => {
    const first = node instanceof Y.XmlElement ? node.get(0) : undefined
    return first instanceof Y.XmlText ? [first] : []
  })
  const kind = random.next()
  doc.transact(() => {
    if (texts.length === 0 || kind < 0.12) {
      body.insert(random.below(body.length + 1), [paragraph(word)])
    } else if (kind < 0.17 && body.length > 2) {
      body.delete(random.below(body.length), 1)
    } else if (kind < 0.65) {
      const text = random.pick(texts)
      text.insert(random.below(text.length + 1), `${word} `)
    } else if (kind < 0.8) {
      const text = random.pick(texts)
      const at = random.below(text.length + 1)
      text.delete(at, Math.min(text.length - at, random.below(12)))
    } else if (kind < 0.92) {
      const text = random.pick(texts)
      const at = random.below(text.length + 1)
      text.format(at, Math.min(text.length - at, random.below(20)), random.pick(marks))
    } else {
      const heading = doc.getXmlFragment('title').get(0)
      const text = heading instanceof Y.XmlElement ? heading.get(0) : undefined
      if (text instanceof Y.XmlText) text.insert(random.below(text.length + 1), word)
      else if (heading instanceof Y.XmlElement) heading.insert(0, [new Y.XmlText(word)])
    }
  })
}
