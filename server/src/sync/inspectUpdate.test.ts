import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { random } from '../../test/random.ts'
import { inspectUpdate } from './inspectUpdate.ts'

function editing(clientId: number, from: Y.Doc, change: (doc: Y.Doc) => void): { doc: Y.Doc; update: Uint8Array } {
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => change(doc))
  return { doc, update: Y.mergeUpdates(updates) }
}

function richDocument(): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  const body = doc.getXmlFragment('body')
  for (let i = 0; i < 20; i++) {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(`paragraph ${i}`)])
    body.insert(i, [paragraph])
  }
  body.delete(3, 2)
  doc.getMap('map').set('a', { deep: [1, 2, { three: true }] })
  doc.getText('text').insert(0, 'hello', { bold: true })
  return doc
}

describe('inspectUpdate', () => {
  it('finds every honest edit sound, and names its writer', () => {
    const base = richDocument()
    const edits: ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getText('text').insert(2, 'x'),
      (doc) => doc.getText('text').delete(1, 3),
      (doc) => doc.getText('text').format(0, 4, { link: { href: 'https://example.org' } }),
      (doc) => doc.getXmlFragment('body').insert(5, [new Y.XmlElement('table')]),
      (doc) => doc.getMap('map').set('a', new Y.Array()),
      (doc) => doc.getArray('fresh').push([new Uint8Array([1, 2]), null, 'x']),
    ]
    for (const change of edits) {
      const { update } = editing(7, base, change)
      const inspection = inspectUpdate(base, update)
      expect(inspection.verdict).toBe('sound')
      if (inspection.verdict === 'sound') expect([[], [7]]).toContainEqual(inspection.writers)
    }
  })

  it('names nobody when everything is known', () => {
    const base = richDocument()
    expect(inspectUpdate(base, Y.encodeStateAsUpdate(base))).toEqual({ verdict: 'sound', writers: [] })
  })

  it('misses what stands on an edit that is not there, by another client too', () => {
    const base = richDocument()
    const first = editing(7, base, (doc) => doc.getText('text').insert(0, 'first'))
    const second = editing(8, first.doc, (doc) => doc.getText('text').insert(3, 'second'))
    expect(inspectUpdate(base, second.update).verdict).toBe('missing-dependencies')
    expect(inspectUpdate(first.doc, second.update).verdict).toBe('sound')
    const removal = editing(9, first.doc, (doc) => doc.getText('text').delete(0, 4))
    expect(inspectUpdate(base, removal.update).verdict).toBe('missing-dependencies')
    const both = Y.mergeUpdates([second.update, first.update])
    expect(inspectUpdate(base, both)).toMatchObject({ verdict: 'sound' })
  })

  it('counts depth from the root of the document, however it is built up', () => {
    const doc = new Y.Doc()
    let verdict = 'sound'
    let rounds = 0
    while (verdict === 'sound' && rounds < 50) {
      const { update } = editing(100 + rounds, doc, (copy) => {
        let map = copy.getMap<unknown>('m')
        for (let inner = map.get('k'); inner instanceof Y.Map; inner = map.get('k')) map = inner
        for (let i = 0; i < 20; i++) {
          const inner = new Y.Map<unknown>()
          map.set('k', inner)
          map = inner
        }
      })
      verdict = inspectUpdate(doc, update).verdict
      if (verdict === 'sound') Y.applyUpdate(doc, update)
      rounds++
    }
    expect(verdict).toBe('malformed')
    expect(rounds).toBe(11)
  })

  it('parks nothing and breaks nothing: 20,000 mutations of honest updates (seed 20261121)', () => {
    const next = random(20261121)
    const base = richDocument()
    const honest = [
      editing(7, base, (doc) => doc.getText('text').insert(2, 'some words')).update,
      editing(8, base, (doc) => doc.getXmlFragment('body').delete(0, 4)).update,
      editing(9, base, (doc) => doc.getXmlFragment('body').insert(1, [new Y.XmlElement('p'), new Y.XmlText('t')]))
        .update,
    ]
    let sound = 0
    for (let i = 0; i < 20_000; i++) {
      const update = Uint8Array.from(honest[i % honest.length] ?? [])
      for (let changes = 1 + Math.floor(next() * 3); changes > 0; changes--) {
        update[Math.floor(next() * update.length)] = Math.floor(next() * 256)
      }
      if (inspectUpdate(base, update).verdict !== 'sound') continue
      sound++
      const copy = new Y.Doc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(base))
      const before = Y.encodeStateVector(copy).length
      Y.applyUpdate(copy, update)
      expect(copy.store.pendingStructs ?? copy.store.pendingDs).toBeNull()
      expect(Y.encodeStateVector(copy).length).toBeGreaterThanOrEqual(before)
      // What was let in can be read again by everybody else.
      Y.applyUpdate(new Y.Doc(), Y.encodeStateAsUpdate(copy))
      copy.getXmlFragment('body').toString()
    }
    expect(sound).toBeGreaterThan(100)
  })
})
