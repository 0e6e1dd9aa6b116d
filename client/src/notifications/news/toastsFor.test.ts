import { DocumentId, randomId } from '@weft/shared/kit'
import { defaultPreferences } from '@weft/shared/notifications'
import { expect, test } from 'vitest'
import { notice } from '../testing/notice.ts'
import { inToasts, isToasted, newSince, seenIn } from './toastsFor.ts'

const documentId = DocumentId.parse(randomId())
const elsewhere = { visible: true, documentId: null, centre: false }
const noon = Date.UTC(2031, 0, 8, 12)

test('new is what came or has something new, and is unread; not what was there, nor what one has read elsewhere', () => {
  const [old, grouped, woken] = [notice({ updatedAt: 5 }), notice({ updatedAt: 5 }), notice({ updatedAt: 8 })]
  const before = seenIn([old, grouped])
  const again = { ...grouped, updatedAt: 6, count: 2 }
  const rows = [old, again, woken, notice({ updatedAt: 9, readAt: 9 }), notice({ updatedAt: 9, archivedAt: 9 })]
  expect(newSince(before, rows)).toEqual([woken, again])
  expect(newSince(seenIn(rows), rows)).toEqual([])
})

test('no toast for the document in view, with the centre open, or on a page that nobody sees', () => {
  const row = notice({ documentId })
  expect(isToasted(row, elsewhere, defaultPreferences, noon)).toBe(true)
  expect(isToasted(row, { ...elsewhere, documentId }, defaultPreferences, noon)).toBe(false)
  expect(isToasted(notice(), { ...elsewhere, documentId }, defaultPreferences, noon)).toBe(true)
  expect(isToasted(row, { ...elsewhere, centre: true }, defaultPreferences, noon)).toBe(false)
  expect(isToasted(row, { ...elsewhere, visible: false }, defaultPreferences, noon)).toBe(false)
})

test('no toast for kinds that one does not want in the page, nor in quiet hours', () => {
  const { kinds } = defaultPreferences
  const deaf = { ...defaultPreferences, kinds: { ...kinds, edit: { ...kinds.edit, page: false } } }
  expect(isToasted(notice({ kind: 'edit' }), elsewhere, deaf, noon)).toBe(false)
  expect(isToasted(notice(), elsewhere, deaf, noon)).toBe(true)
  const asleep = { ...defaultPreferences, quietHours: { from: '11:00', until: '13:00' } }
  expect(isToasted(notice(), elsewhere, asleep, noon)).toBe(false)
  expect(isToasted(notice(), elsewhere, { ...asleep, timeZone: 'Asia/Tokyo' }, noon)).toBe(true)
})

test('at most three toasts at once, the last of which says how many others there are', () => {
  const rows = Array.from({ length: 5 }, () => notice())
  expect(inToasts(rows.slice(0, 3))).toEqual({ each: rows.slice(0, 3), others: 0 })
  expect(inToasts(rows)).toEqual({ each: rows.slice(0, 2), others: 3 })
})
