import type { Document } from '@weft/shared/documents'
import { DocumentId, randomId } from '@weft/shared/kit'
import type { SearchHit } from '@weft/shared/search'
import { expect, test } from 'vitest'
import { foundOf, recentOf } from './results.ts'

const document = (title: string, parentId: DocumentId | null = null): Document =>
  ({ id: DocumentId.parse(randomId()), title, parentId, icon: null, archivedAt: null }) as Document

const hit = ({ id, title }: Document, words: string): SearchHit => ({
  documentId: id,
  title: { text: title, marks: [] },
  excerpt: { text: words, marks: [] },
  kind: 'rich',
  updatedAt: 0,
})

test('titles of this device come first, each document once, with the place that the server found in it', () => {
  const team = document('Team')
  const plan = document('Plan for the loom', team.id)
  const notes = document('Notes', plan.id)
  const found = foundOf('plan', [team, plan, notes], [hit(notes, 'the plan is'), hit(plan, 'we plan')])
  expect(found.map(({ id, excerpt, path }) => [id, excerpt?.text, path])).toEqual([
    [plan.id, 'we plan', ['Team']],
    [notes.id, 'the plan is', ['Team', 'Plan for the loom']],
  ])
})

test('what the device does not list is shown all the same, and a ring of parents ends', () => {
  const [one, two] = [document('One'), document('Two')]
  one.parentId = two.id
  two.parentId = one.id
  const elsewhere = document('Elsewhere')
  expect(foundOf('one', [one, two], [hit(elsewhere, 'one more')]).map(({ id, path }) => [id, path])).toEqual([
    [one.id, ['Two']],
    [elsewhere.id, []],
  ])
})

test('opened lately: in that order, without what is gone and what is open', () => {
  const [one, two, three, gone] = [document('One'), document('Two'), document('Three'), document('Gone')]
  const recent = [three.id, gone.id, two.id, one.id]
  expect(recentOf([one, two, three], recent, three.id).map(({ id }) => id)).toEqual([two.id, one.id])
})
