import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import { planner } from '../../test/queryPlan.ts'
import { backlinksStatement } from './links.ts'
import { visibleTo } from './visible.ts'

const planOf = planner()

test.each(['admin', 'member', 'guest'] as const)(
  'what leads to a document is found by keys alone, for a %s',
  async (member) => {
    const visible = visibleTo(UserId.parse(randomId()), WorkspaceId.parse(randomId()), member)
    const plan = await planOf(backlinksStatement(DocumentId.parse(randomId()), visible))
    expect(plan[0]).toMatch(/^SEARCH document_links USING COVERING INDEX document_links_by_target \(to_id=\?/)
    // What was given to a person, which is walked through downwards.
    expect(plan.filter((step) => /^SCAN (?!given)/.test(step))).toEqual([])
  },
)
