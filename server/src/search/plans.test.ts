import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf } from '../../test/queryPlan.ts'
import { openSqlite, type Storage } from '../storage/index.ts'
import { staleStatement } from './store.ts'

let directory: string
let storage: Storage
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'weft-plans-'))
  storage = await openSqlite({ file: join(directory, 'weft.db') })
})
afterAll(async () => {
  await storage.close()
  rmSync(directory, { recursive: true, force: true })
})

test('what has to be indexed is looked for some hundred documents at a time, each by its keys', async () => {
  const plan = await planOf(storage, staleStatement('someId', 1))
  expect(plan.filter((step) => step.includes('SCAN'))).toEqual(['SCAN d'])
  expect(plan.join('\n')).toMatch(/SEARCH documents USING INDEX sqlite_autoindex_documents_1 \(id>\?\)/)
  expect(plan.filter((step) => /SEARCH (journal|snapshots|p) /.test(step))).toHaveLength(3)
})
