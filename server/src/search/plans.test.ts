import { expect, test } from 'vitest'
import { planner } from '../../test/queryPlan.ts'
import { staleStatement } from './store.ts'

const planOf = planner()

test('what has to be indexed is looked for some hundred documents at a time, each by its keys', async () => {
  const plan = await planOf(staleStatement('someId', 1))
  expect(plan.filter((step) => step.includes('SCAN'))).toEqual(['SCAN d'])
  expect(plan.join('\n')).toMatch(/SEARCH documents USING INDEX sqlite_autoindex_documents_1 \(id>\?\)/)
  expect(plan.filter((step) => /SEARCH (journal|snapshots|p) /.test(step))).toHaveLength(3)
})
