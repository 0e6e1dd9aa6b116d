import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { planner } from '../../test/queryPlan.ts'
import { type Bounds, type Key, newestStatement, pageStatement } from './pageQuery.ts'
import { narrowerStatement } from './reach.ts'
import { documentsStatement } from './search.ts'

const planOf = planner()

const workspaceId = WorkspaceId.parse(randomId())
const person = UserId.parse(randomId())
const document = DocumentId.parse(randomId())
const audience = { audience_id: workspaceId }

const keys: Record<string, { key: Key; index: string }> = {
  'of an audience': { key: audience, index: 'activity_by_audience' },
  'of a type': { key: { ...audience, type: 'document.moved' }, index: 'activity_by_type' },
  'by a person': { key: { actor_id: person, ...audience }, index: 'activity_by_actor' },
  'about a person': { key: { subject_id: person, ...audience }, index: 'activity_by_subject' },
  'in a document': { key: { document_id: document }, index: 'activity_by_document' },
  'by or about some people in a document': {
    key: { document_id: document, people: JSON.stringify([person]) },
    index: 'activity_by_document',
  },
}

const bounds: Record<string, Bounds> = {
  '': {},
  ' behind a cursor': { before: { at: 5_000, seq: 7 } },
  ' in a time': { from: 1_000, until: 9_000 },
  ' of some types': { types: ['document.moved', 'document.created', 'member.joined'] },
  ' of some types, by a person, in a time, behind a cursor': {
    before: { at: 5_000, seq: 7 },
    from: 1_000,
    actorId: person,
    types: ['document.moved', 'document.created'],
  },
}

const cases = Object.entries(keys).flatMap(([what, { key, index }]) =>
  // With a person beside it there may be a better one.
  Object.entries(bounds).map(([how, bound]) => ({
    name: what + how,
    key,
    index: bound.actorId === undefined ? index : 'activity_by_',
    bound,
  })),
)

test.each(cases)('entries $name are found by an index, in the order of the page', async ({ key, index, bound }) => {
  const plan = await planOf(pageStatement(workspaceId, [key], bound, 50))
  const looks = plan.filter((step) => /activity/.test(step))
  expect(looks).toHaveLength(1)
  expect(looks[0]).toMatch(new RegExp(`^SEARCH activity USING (COVERING )?INDEX ${index}\\w* \\(workspace_id=\\? AND `))
  // What is sorted is a page, not the history: the rows come in order from the index.
  expect(plan.filter((step) => /TEMP B-TREE|SCAN activity/.test(step))).toEqual([])
})

test('pages of many keys are merged, each read from its index; of many more only the newest are read at all', async () => {
  const three = [audience, { audience_id: document }, { actor_id: person, ...audience }]
  const merged = await planOf(pageStatement(workspaceId, three, {}, 50))
  expect(merged.filter((step) => /SEARCH activity USING INDEX/.test(step))).toHaveLength(3)
  expect(merged.filter((step) => /SCAN activity/.test(step))).toEqual([])

  for (const { key } of Object.values(keys)) {
    const plan = await planOf(newestStatement(workspaceId, [key, key], bounds[' behind a cursor'] ?? {}, 50))
    expect(plan.filter((step) => /activity/.test(step)).join()).toMatch(/^SEARCH activity USING (COVERING )?INDEX/)
  }
})

test('which documents are audiences of their own is found without looking at the others', async () => {
  const plan = await planOf(narrowerStatement(workspaceId))
  expect(plan).toEqual(['SEARCH documents USING INDEX documents_restricted (workspace_id=?)'])
})

test('titles are found by the full-text index, and nothing is read from one end to the other', async () => {
  const plan = await planOf(documentsStatement(workspaceId, 'loom'))
  expect(plan[0]).toMatch(/^SCAN document_titles_index VIRTUAL TABLE INDEX/)
  expect(plan.slice(1).filter((step) => !step.startsWith('SEARCH'))).toEqual([])
})
