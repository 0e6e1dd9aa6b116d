import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SaveRecord } from './SaveRecord.ts'

function recordOf() {
  const made = { local: 0 }
  return { made, record: new SaveRecord(() => made.local) }
}

test('[SAVE-6] claims nothing before the first SyncStep2 is answered', () => {
  const { made, record } = recordOf()
  expect(record.saved).toBe(false)
  made.local = 1
  record.sent('update')
  record.answered(true)
  expect(record.saved).toBe(false)
  record.sent('sync-step-2')
  expect(record.saved).toBe(false)
  record.answered(true)
  expect(record.saved).toBe(true)
})

test('[SAVE-6] a change after the frame is not covered by its answer', () => {
  const { made, record } = recordOf()
  record.sent('sync-step-2')
  made.local = 1
  record.answered(true)
  expect(record.saved).toBe(false)
})

test('[SAVE-6] a refused change is unsaved until a later SyncStep2 is stored', () => {
  const { made, record } = recordOf()
  record.sent('sync-step-2')
  record.answered(true)
  made.local = 1
  record.sent('update')
  made.local = 2
  record.sent('update')
  record.answered(false)
  record.answered(true)
  expect(record.saved).toBe(false)
  record.sent('sync-step-2')
  record.answered(true)
  expect(record.saved).toBe(true)
})

test('[SAVE-6] answers that were on their way when the socket broke count for nothing', () => {
  const { made, record } = recordOf()
  made.local = 1
  record.sent('sync-step-2')
  record.socketChanged()
  record.answered(true)
  expect(record.saved).toBe(false)
})

test('[SAVE-6] nothing counts after the channel was closed', () => {
  const { record } = recordOf()
  record.sent('sync-step-2')
  record.end()
  record.answered(true)
  record.sent('sync-step-2')
  record.answered(true)
  expect(record.saved).toBe(false)
})

/** What may happen between a page and a server, one step at a time. */
type Step = 'edit' | 'step2' | 'settle' | 'serve' | 'refuse' | 'answer' | 'cut' | 'close'

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>('edit') },
    { weight: 2, arbitrary: fc.constant<Step>('step2') },
    { weight: 5, arbitrary: fc.constant<Step>('serve') },
    { weight: 1, arbitrary: fc.constant<Step>('refuse') },
    { weight: 5, arbitrary: fc.constant<Step>('answer') },
    { weight: 1, arbitrary: fc.constant<Step>('settle') },
    { weight: 1, arbitrary: fc.constantFrom<Step>('cut', 'close') },
  ),
  { maxLength: 60 },
)

test('[SAVE-6] over any order of edits, delays, refusals, cuts and closes: saved only when the server has it all', () => {
  let claims = 0
  fc.assert(
    fc.property(steps, (run) => {
      let local = 0
      let record = new SaveRecord(() => local)
      const disk = new Set<number>()
      /** Frames on their way up: the edits that each holds. */
      let up: { holds: number[]; full: boolean }[] = []
      let down: boolean[] = []
      const all = () => Array.from({ length: local }, (_, index) => index + 1)
      const lineBreaks = () => {
        up = []
        down = []
      }
      const serve = (willing: boolean) => {
        const frame = up.shift()
        if (frame === undefined) return
        const first = Math.min(...frame.holds)
        // The server takes an Update only if what it builds on is there.
        const taken = willing && (frame.full || all().every((edit) => edit >= first || disk.has(edit)))
        if (taken) for (const edit of frame.holds) disk.add(edit)
        down.push(taken)
      }
      const answer = () => {
        const answered = down.shift()
        if (answered !== undefined) record.answered(answered)
      }
      const sendAll = () => {
        record.sent('sync-step-2')
        up.push({ holds: all().filter((edit) => !disk.has(edit)), full: true })
      }
      const takeStep: Record<Step, () => void> = {
        edit: () => {
          local++
          record.sent('update')
          up.push({ holds: [local], full: false })
        },
        step2: sendAll,
        serve: () => serve(true),
        refuse: () => serve(false),
        answer,
        settle: () => {
          sendAll()
          while (up.length > 0) serve(true)
          while (down.length > 0) answer()
        },
        cut: () => {
          lineBreaks()
          record.socketChanged()
        },
        close: () => {
          record.end()
          lineBreaks()
          record = new SaveRecord(() => local)
        },
      }
      for (const step of run) {
        takeStep[step]()
        if (record.saved) {
          claims++
          expect(all().filter((edit) => !disk.has(edit))).toEqual([])
        }
      }
    }),
    { numRuns: 2_000 },
  )
  // The property would hold for a record that never says saved.
  expect(claims).toBeGreaterThan(1_000)
})
