import type { Document } from '@weft/shared/documents'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { among, everywhere, isFiltered, searchFilterOf } from './filter.ts'

const day = 24 * 3_600_000
const now = 1_000 * day
const document = (title: string, change: Partial<Document> = {}): Document =>
  ({ id: DocumentId.parse(randomId()), title, parentId: null, archivedAt: null, updatedAt: now, ...change }) as Document

test('what is archived is found where that is asked for, and old changes are left out where that is', () => {
  const documents = [
    document('new'),
    document('old', { updatedAt: now - 8 * day }),
    document('done', { archivedAt: 1 }),
  ]
  const titles = (change: Partial<typeof everywhere>) =>
    among(documents, { ...everywhere, ...change }, now).map(({ title }) => title)
  expect(titles({})).toEqual(['new', 'old'])
  expect(titles({ archived: true })).toEqual(['new', 'old', 'done'])
  expect(titles({ span: 'week' })).toEqual(['new'])
  expect(titles({ span: 'month' })).toEqual(['new', 'old'])
})

test('below a document: itself and what lies below it, also in a ring', () => {
  const root = document('root')
  const leaf = document('leaf', { parentId: root.id })
  const deep = document('deep', { parentId: leaf.id })
  root.parentId = deep.id
  const found = among([document('other'), deep, leaf, root], { ...everywhere, below: leaf.id }, now)
  expect(found.map(({ title }) => title).toSorted()).toEqual(['deep', 'leaf', 'root'])
})

test('who has written where the device does not know: the server is asked, with all that was chosen', () => {
  const author = UserId.parse(randomId())
  const below = DocumentId.parse(randomId())
  const filter = { author, span: 'day', below, archived: true } as const
  expect(among([document('any')], filter, now)).toEqual([])
  expect(searchFilterOf(filter, now + 59_999)).toEqual({ authorId: author, from: now - day, below, archived: 'with' })
  expect([isFiltered(everywhere), isFiltered(filter)]).toEqual([false, true])
  expect(searchFilterOf(everywhere, now)).toEqual({})
})
