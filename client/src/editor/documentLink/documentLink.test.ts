import { Document } from '@weft/shared/documents'
import { parseMarkdown } from '@weft/shared/editor'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { expect, test, vi } from 'vitest'
import { matchTitle } from './documentLinkExtension.ts'
import { KnownDocuments } from './KnownDocuments.ts'

const workspaceId = WorkspaceId.parse(randomId())
const own = DocumentId.parse(randomId())
const createdBy = UserId.parse(randomId())

const called = (title: string, updatedAt: number, id: string = randomId()): Document =>
  Document.parse({
    id,
    workspaceId,
    parentId: null,
    position: 'a',
    title,
    kind: 'rich',
    role: 'edit',
    createdBy,
    createdAt: 1,
    updatedAt,
  })

test('a linked document has the title of today, and is told as missing only where one would see it', () => {
  const known = new KnownDocuments(workspaceId, own)
  const plan = called('Plan', 1)
  const link = { workspaceId, documentId: plan.id }
  const heard = vi.fn<() => void>()
  known.subscribe(heard)
  expect(known.shown(link)).toEqual({ title: null, missing: false })
  known.set([plan])
  expect(known.shown(link)).toEqual({ title: 'Plan', missing: false })
  known.set([{ ...plan, title: 'Other plan' }])
  expect(known.shown(link).title).toBe('Other plan')
  known.set([])
  expect(known.shown(link)).toEqual({ title: null, missing: true })
  expect(heard).toHaveBeenCalledTimes(3)
  expect(known.shown({ ...link, workspaceId: randomId() })).toEqual({ title: null, missing: false })
})

test('documents are found by the beginnings of their words, those that begin so first, and never the open one', () => {
  const known = new KnownDocuments(workspaceId, own)
  known.set([
    called('May plan', 5),
    called('Plan for May', 1),
    called('Planner', 9),
    called('Plan', 7, own),
    called('', 1),
  ])
  const titles = (query: string) => known.find(query).map(({ title }) => title)
  expect(titles('pla')).toEqual(['Planner', 'Plan for May', 'May plan'])
  expect(titles('plan may')).toEqual(['Plan for May'])
  expect(titles('')).toEqual(['Planner', 'May plan', 'Plan for May'])
})

test('what stands behind two brackets is looked for, spaces too, until they are closed', () => {
  const { schema } = parseMarkdown('x').type
  const queryAt = (text: string) => {
    const doc = schema.node('doc', null, [schema.node('paragraph', null, [schema.text(text)])])
    return matchTitle({ $position: doc.resolve(text.length + 1) })
  }
  expect(queryAt('see [[plan for')).toMatchObject({ query: 'plan for', range: { from: 5, to: 15 } })
  expect(queryAt('see [[')?.query).toBe('')
  expect(queryAt('see [plan')).toBeNull()
  expect(queryAt('see [[plan]] more')).toBeNull()
})
