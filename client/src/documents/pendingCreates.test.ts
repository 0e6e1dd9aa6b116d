import { CommandId, DocumentId, randomId, WorkspaceId } from '@weft/shared/kit'
import { beforeEach, describe, expect, it } from 'vitest'
import { PendingCreates, pendingKey } from './pendingCreates.ts'

const make = () => ({
  commandId: CommandId.parse(randomId()),
  id: DocumentId.parse(randomId()),
  workspaceId: WorkspaceId.parse(randomId()),
  parentId: null,
})

describe('creates that have not gone through', () => {
  beforeEach(() => localStorage.clear())

  it('are kept over a reload with their command ids, oldest first [EVENT-4]', () => {
    const [one, two] = [make(), make()]
    new PendingCreates('ann').add(one)
    new PendingCreates('ann').add(two)
    expect(new PendingCreates('ann').all()).toEqual([one, two])
    new PendingCreates('ann').remove(one.id)
    expect(new PendingCreates('ann').all()).toEqual([two])
  })

  it('are not shared by two people in one browser', () => {
    new PendingCreates('ann').add(make())
    expect(new PendingCreates('ben').all()).toEqual([])
  })

  it('survive a storage that holds nonsense', () => {
    localStorage.setItem(pendingKey('ann'), '{"a":')
    expect(new PendingCreates('ann').all()).toEqual([])
    localStorage.setItem(pendingKey('ann'), '[{"id":1}]')
    expect(new PendingCreates('ann').all()).toEqual([])
  })
})
