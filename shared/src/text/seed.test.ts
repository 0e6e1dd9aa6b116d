/// <reference types="node" />
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyMarkdown, plainTextOf, toMarkdown } from '../editor/index.ts'
import { kindOf, seedClientId, seedUpdate, setTitle, titleOf } from './index.ts'

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function seeded(kind: 'rich' | 'plain' = 'rich'): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(kind))
  return doc
}

test('the seeds are the same bytes for ever', () => {
  expect(hash(seedUpdate('rich'))).toBe('478d81cfd7ee4f333fa246f2216e3a31d8e56806a5158edb3f544e1e28919932')
  expect(hash(seedUpdate('plain'))).toBe('1ea5239df689556ad5c5fa3f228589f516164c79408bee4f92bce29f6e6e2b16')
  expect([...Y.decodeStateVector(Y.encodeStateVector(seeded())).keys()]).toEqual([seedClientId])
})

test('a seed applied by two people who start offline is there once', () => {
  const [alice, bob] = [seeded(), seeded()]
  setTitle(alice, 'Plans')
  Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice))
  expect(bob.getXmlFragment('title').length).toBe(1)
  expect(bob.getXmlFragment('body').length).toBe(1)
  expect(titleOf(bob)).toBe('Plans')
})

test('the kind is read from the seed', () => {
  expect(kindOf(seeded('rich'))).toBe('rich')
  expect(kindOf(seeded('plain'))).toBe('plain')
})

test('a rich document that was emptied stays rich, and a plain one with blocks in its body plain', () => {
  const rich = seeded('rich')
  rich.getXmlFragment('body').delete(0, 1)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(rich))
  expect(kindOf(copy)).toBe('rich')
  const plain = seeded('plain')
  plain.getXmlFragment('body').insert(0, [new Y.XmlElement('paragraph')])
  expect(kindOf(plain)).toBe('plain')
})

test('a title is one line, within its limit, and whole characters survive its edits', () => {
  const doc = seeded()
  setTitle(doc, '  Two\nlines\u0000 here ')
  expect(titleOf(doc)).toBe('Two lines here')
  setTitle(doc, 'a 😀 b')
  setTitle(doc, 'a 😁 b')
  expect(titleOf(doc)).toBe('a 😁 b')
  setTitle(doc, 'x'.repeat(400))
  expect(titleOf(doc)).toHaveLength(300)
  setTitle(doc, '')
  expect(titleOf(doc)).toBe('')
})

test('a change of the title keeps what another person writes into it meanwhile', () => {
  const alice = seeded()
  setTitle(alice, 'Plan for May')
  const bob = new Y.Doc()
  Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice))
  setTitle(alice, 'Plan for June')
  setTitle(bob, 'The plan for May')
  Y.applyUpdate(alice, Y.encodeStateAsUpdate(bob))
  expect(titleOf(alice)).toBe('The plan for June')
})

test('a first heading becomes the title unless one is given', () => {
  const doc = seeded()
  applyMarkdown(doc, '# Hello *you*\n\ntext')
  expect(toMarkdown(doc)).toEqual({ title: 'Hello you', markdown: 'text\n' })
  const given = seeded()
  applyMarkdown(given, '# Hello\n\ntext', { title: 'Given' })
  expect(toMarkdown(given)).toEqual({ title: 'Given', markdown: '# Hello\n\ntext\n' })
})

test('Markdown is added behind text that is already there', () => {
  const doc = seeded()
  applyMarkdown(doc, 'one')
  applyMarkdown(doc, 'two')
  expect(toMarkdown(doc).markdown).toBe('one\n\ntwo\n')
})

test('a plain document holds its text as it is', () => {
  const doc = seeded('plain')
  applyMarkdown(doc, '# not *a* title', { title: 'Notes' })
  expect(toMarkdown(doc)).toEqual({ title: 'Notes', markdown: '# not *a* title' })
  expect(plainTextOf(doc)).toBe('Notes\n# not *a* title')
})
