import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../test/queryPlan.ts'
import { openSqlite, type Storage } from '../storage/index.ts'
import { backlinksStatement } from './links.ts'
import { visibleTo } from './visible.ts'

let directory: string
let storage: Storage
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-links-'))
  storage = await openSqlite({ file: join(directory, 'weft.db') })
})
afterAll(async () => {
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

test.each(['admin', 'member', 'guest'] as const)(
  'what leads to a document is found by keys alone, for a %s',
  async (member) => {
    const visible = visibleTo(UserId.parse(randomId()), WorkspaceId.parse(randomId()), member)
    const plan = await planOf(storage, backlinksStatement(DocumentId.parse(randomId()), visible))
    expect(plan[0]).toMatch(/^SEARCH document_links USING COVERING INDEX document_links_by_target \(to_id=\?/)
    // What was given to a person, which is walked through downwards.
    expect(plan.filter((step) => /^SCAN (?!given)/.test(step))).toEqual([])
  },
)
