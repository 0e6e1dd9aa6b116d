import { toMarkdown } from '@weft/shared/editor'
import { seedUpdate, setTitle } from '@weft/shared/text'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { carryOver } from './carryOver.ts'

const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const paragraph = (words: string): Y.XmlElement => {
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [new Y.XmlText(words)])
  return block
}

function documentWith(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  doc.getXmlFragment('body').delete(0, 1)
  doc.getXmlFragment('body').insert(0, paragraphs.map(paragraph))
  return doc
}

const bodyOf = (doc: Y.Doc): string[] =>
  doc
    .getXmlFragment('body')
    .toArray()
    .map((block) => block.toString().replace(/<\/?paragraph>/g, ''))

test('[IDENT-2] own blocks, marks and title go over beside what others wrote elsewhere, under new client ids only', () => {
  const base = documentWith('one', 'two', 'three')
  const [mine, theirs] = [copyOf(base), copyOf(base)]
  setTitle(mine, 'My title')
  const block = mine.getXmlFragment('body').get(0)
  const words = block instanceof Y.XmlElement ? block.get(0) : undefined
  if (words instanceof Y.XmlText) words.insert(3, ' more', { bold: true })
  theirs.getXmlFragment('body').insert(3, [paragraph('four')])
  expect(carryOver(base, mine, theirs)).toBe(true)
  expect(toMarkdown(theirs)).toMatchObject({ title: 'My title' })
  expect(bodyOf(theirs)).toEqual(['one<bold> more</bold>', 'two', 'three', 'four'])
  const clients = [...Y.decodeStateVector(Y.encodeStateVector(theirs)).keys()]
  expect(clients).not.toContain(mine.clientID)
})

test('[IDENT-2] the same place changed by others: nothing is written, a person decides', () => {
  const base = documentWith('one', 'two')
  const [mine, theirs] = [copyOf(base), copyOf(base)]
  mine.getXmlFragment('body').delete(1, 1)
  mine.getXmlFragment('body').insert(1, [paragraph('mine')])
  theirs.getXmlFragment('body').delete(1, 1)
  theirs.getXmlFragment('body').insert(1, [paragraph('theirs')])
  const before = Y.encodeStateAsUpdate(theirs)
  expect(carryOver(base, mine, theirs)).toBe(false)
  expect(Y.encodeStateAsUpdate(theirs)).toEqual(before)
})

const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat(2),
  insert: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }),
})

test('[IDENT-2] over random edits of both sides it loses no block of theirs and brings all of mine, or says no', () => {
  let done = 0
  fc.assert(
    fc.property(edit, edit, (one, other) => {
      const base = documentWith('a', 'b', 'c', 'd')
      const [mine, theirs] = [copyOf(base), copyOf(base)]
      for (const [doc, change, mark] of [
        [mine, one, 'm'],
        [theirs, other, 't'],
      ] as const) {
        const body = doc.getXmlFragment('body')
        const at = change.at % 5
        body.delete(at, Math.min(change.remove, 4 - at))
        body.insert(
          at,
          change.insert.map((words) => paragraph(mark + words)),
        )
      }
      const [wanted, kept] = [bodyOf(mine), bodyOf(theirs)]
      if (!carryOver(base, mine, theirs)) return
      done++
      const result = bodyOf(theirs)
      const own = (block: string) => block.startsWith('m')
      const others = (block: string) => block.startsWith('t')
      expect(result.filter(own)).toEqual(wanted.filter(own))
      expect(result.filter(others)).toEqual(kept.filter(others))
      for (const block of ['a', 'b', 'c', 'd']) {
        expect(result.includes(block)).toBe(wanted.includes(block) && kept.includes(block))
      }
    }),
    { numRuns: 500 },
  )
  expect(done).toBeGreaterThan(100)
})
