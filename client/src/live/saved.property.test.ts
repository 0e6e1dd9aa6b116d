// @vitest-environment node
import 'fake-indexeddb/auto'
import { type CloseReason, documentChannel } from '@weft/shared/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { eventually } from '../kit/testing/eventually.ts'
import { connectTo, page, someDocument, someUser } from './testing/people.ts'
import { TestPeer } from './testing/TestPeer.ts'

const rejoin: CloseReason[] = ['channel-renewed', 'too-slow', 'missing-dependencies', 'storage-full', 'token-expired']

type Step =
  | { do: 'type' | 'delete' | 'commit' | 'refuse' | 'die' | 'down' | 'up' }
  | { do: 'close'; why: CloseReason }
  | { do: 'wait'; ms: number }

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>({ do: 'type' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'delete' }) },
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'commit' }) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 12 }).map((ms): Step => ({ do: 'wait', ms })) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'refuse' }, { do: 'die' }, { do: 'down' }, { do: 'up' }) },
  { weight: 1, arbitrary: fc.constantFrom(...rejoin).map((why): Step => ({ do: 'close', why })) },
)

/** Whether `doc` holds an insertion or a deletion that `disk` does not. */
function lacks(disk: Y.Doc, doc: Y.Doc): boolean {
  const both = new Y.Doc()
  Y.applyUpdate(both, Y.encodeStateAsUpdate(disk))
  Y.applyUpdate(both, Y.encodeStateAsUpdate(doc))
  return !Y.equalSnapshots(Y.snapshot(both), Y.snapshot(disk))
}

test('[SAVE-6] over delays, refusals, closes and crashes "saved" is never said of text that is not on disk', async () => {
  const runs = 40
  let claims = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 60 }),
      fc.infiniteStream(fc.nat(6)),
      async (run, delays) => {
        const peer = new TestPeer(() => delays.next().value ?? 0)
        connectTo(peer)
        const id = someDocument()
        const live = page(someUser())
        live.holdDocument(id)
        const room = live.document(id)
        await room.loading
        const disk = () => peer.storedDoc(documentChannel(id))
        const check = () => {
          if (room.state.save.word !== 'saved') return
          claims++
          expect(lacks(disk(), room.doc)).toBe(false)
        }
        room.subscribe(check)
        // Healed, everything gets there: a page that never says saved would pass all the rest.
        const heal = async () => {
          peer.down = false
          peer.slowDisk = false
          peer.refuse = 0
          peer.commit()
          await eventually(() => expect(room.state.save.word).toBe('saved'))
          check()
          peer.slowDisk = true
        }
        peer.slowDisk = true
        const half = Math.floor(run.length / 2)
        const text = room.doc.getText('text')
        for (const [index, now] of run.entries()) {
          if (now.do === 'type') text.insert(text.length, `${index} `)
          else if (now.do === 'delete') text.delete(0, Math.min(2, text.length))
          else if (now.do === 'commit') peer.commit()
          else if (now.do === 'refuse') peer.refuse = 1
          else if (now.do === 'die') peer.die()
          else if (now.do === 'down') peer.down = true
          else if (now.do === 'up') peer.down = false
          else if (now.do === 'close') peer.closeChannel(documentChannel(id), now.why)
          else if (now.do === 'wait') await new Promise((resolve) => setTimeout(resolve, now.ms))
          check()
          // In between too, so that the second half starts from a claim, however slow the machine is.
          if (index === half) await heal()
        }
        await heal()
        expect(disk().getText('text').toString()).toBe(text.toString())
        await live.end()
      },
    ),
    { numRuns: runs, endOnFailure: true },
  )
  expect(claims).toBeGreaterThanOrEqual(2 * runs)
}, 120_000)
