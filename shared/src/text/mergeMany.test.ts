import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { mergeMany } from './mergeMany.ts'

/** What some people wrote, each at any time knowing any part of the others' text. */
const histories = fc.array(
  fc.record({
    who: fc.nat(3),
    hears: fc.option(fc.nat(3)),
    at: fc.nat(1_000),
    take: fc.nat(3),
    text: fc.string({ maxLength: 3 }),
  }),
  { maxLength: 300, size: 'max' },
)

test('however many updates are merged, it is what merging them in one go gives', () => {
  fc.assert(
    fc.property(histories, (steps) => {
      const updates: Uint8Array[] = []
      const docs = Array.from({ length: 4 }, (_, n) => {
        const doc = new Y.Doc({ gc: false })
        doc.clientID = n + 1
        doc.on('update', (update: Uint8Array, origin: unknown) => {
          if (origin !== 'heard') updates.push(update)
        })
        return doc
      })
      for (const { who, hears, at, take, text } of steps) {
        const doc = docs[who] as Y.Doc
        if (hears !== null) Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[hears] as Y.Doc), 'heard')
        const words = doc.getText('t')
        const place = at % (words.length + 1)
        doc.transact(() => {
          words.delete(place, Math.min(take, words.length - place))
          words.insert(place, text)
        })
      }
      fc.pre(updates.length > 0)
      const whole = new Y.Doc({ gc: false })
      Y.applyUpdate(whole, mergeMany(updates))
      const expected = new Y.Doc({ gc: false })
      Y.applyUpdate(expected, Y.mergeUpdates(updates))
      expect(Y.encodeStateAsUpdate(whole)).toEqual(Y.encodeStateAsUpdate(expected))
      expect(mergeMany(updates)).toEqual(Y.mergeUpdates(updates))
    }),
    { numRuns: 60 },
  )
})
