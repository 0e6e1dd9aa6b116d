import { DocumentId, randomId, WorkspaceId } from '@weft/shared/kit'
import { type SqlBool, sql } from 'kysely'
import { expect, test } from 'vitest'
import { planner } from '../../../../test/queryPlan.ts'
import { cutParts, findStatement, writeParts, writePositions } from './statements.ts'

const planOf = planner()

const question = {
  workspaceId: WorkspaceId.parse(randomId()),
  terms: [
    { text: 'warp', open: false },
    { text: 'we', open: true },
  ],
  among: sql<SqlBool>`documents.removed_at is null`,
  after: { rank: 1, updatedAt: 2, documentId: DocumentId.parse(randomId()) },
  limit: 20,
}

test('what is found is walked through in the index, and nothing else is read from one end to the other', async () => {
  const plan = await planOf(findStatement(question))
  const scans = plan.filter((step) => step.includes('SCAN'))
  expect(scans.filter((step) => step.startsWith('SCAN search_index VIRTUAL TABLE INDEX'))).toHaveLength(3)
  // What has been found, and the page: not tables.
  for (const scan of scans)
    expect(scan).toMatch(/^SCAN (search_index VIRTUAL TABLE INDEX .*|titled|found|placed|page)$/)
  expect(
    plan.filter((step) => /SEARCH documents USING INDEX sqlite_autoindex_documents_1 \(id=\?\)/.test(step)),
  ).toHaveLength(2)
})

test('documents are written by their keys, whatever the index holds', async () => {
  for (const statement of [writeParts([]), cutParts([]), writePositions([])]) {
    const scans = (await planOf(statement)).filter((step) => step.includes('SCAN'))
    for (const scan of scans) expect(scan).toMatch(/^SCAN each VIRTUAL TABLE/)
  }
})
