import { must, type UserId } from '@weft/shared/kit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Facts, planted, step, World } from './documentWorld.ts'
import { type SyncServer, startSyncServer, stopAll } from './syncServer.ts'

/** Everything that the server answers about access is what the rule says of the tables. */
async function checkAnswers(server: SyncServer, world: World, facts: Facts): Promise<void> {
  const { documents } = server
  const ids = facts.rows.map(({ id }) => id)
  const audiences = await documents.audiencesOf(ids)
  for (const row of facts.rows) {
    expect(audiences.get(row.id)?.id).toBe(facts.audience(row.id) ?? world.workspaceId)
    const inPlace = row.removed_at === null
    const viewers = inPlace
      ? world.people.flatMap((person) => {
          const role = facts.role(person, row.id)
          return role === null ? [] : [{ userId: person.id, role }]
        })
      : []
    const sorted = (list: { userId: UserId }[]) => list.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))
    expect(sorted(await documents.viewersOf(row.id))).toEqual(sorted(viewers))
    const everyMember = world.people.every((person) => person.role === 'guest' || facts.role(person, row.id) !== null)
    // What is named to all members is seen by all members.
    if (await documents.isVisibleToAllMembers(row.id, world.workspaceId))
      expect([inPlace, everyMember]).toEqual([true, true])
  }
  for (const person of world.people) {
    const seen = facts.rows.flatMap((row) => {
      const role = row.removed_at === null ? facts.role(person, row.id) : null
      return role === null ? [] : [[row.id, role] as const]
    })
    expect(await documents.rolesOf(person.id, ids)).toEqual(new Map(seen))
    const list = await documents.list(person.id, world.workspaceId)
    expect(new Map(list.map(({ id, role }) => [id, role]))).toEqual(new Map(seen))
    // [ACCESS-3] Nothing above what one sees is named.
    for (const { parentId } of list) if (parentId !== null) expect(new Map(seen).has(parentId)).toBe(true)
    const trash = await documents.trash(person.id, world.workspaceId)
    for (const { id } of trash) expect(facts.role(person, id)).not.toBeNull()
    for (const { id } of facts.rows) {
      expect(await documents.roleOf(person.id, id)).toBe(new Map(seen).get(id) ?? null)
      const audience = must(audiences.get(id), 'an audience').id
      // Whoever is told of it may see it.
      if (new Map(seen).has(id) || !facts.has(id, true)) continue
      expect(await documents.isInAudience(person.id, audience)).toBe(false)
    }
  }
}

/** [ACCESS-2] Whoever has another role than before is named by the event, with the document. */
async function checkTouched(server: SyncServer, world: World, before: Facts, after: Facts, since: number) {
  const events = await server.events.since(world.workspaceId, since, 10)
  for (const { id } of before.rows) {
    if (!before.has(id, true) || !after.has(id, true)) continue
    for (const person of world.people) {
      if (before.role(person, id) === after.role(person, id)) continue
      const named = events.some(({ fact }) => {
        switch (fact.type) {
          case 'document.access-changed':
            return fact.userId === person.id && fact.touched?.includes(id)
          case 'document.moved':
          case 'document.restriction-changed':
            return fact.touched?.includes(id)
          default:
            return false
        }
      })
      expect(named, `${person.role}: ${before.role(person, id)} → ${after.role(person, id)}`).toBe(true)
    }
  }
}

let server: SyncServer
beforeAll(async () => {
  server = await startSyncServer()
})
afterAll(stopAll)

describe('[ACCESS-1] over whatever people do with documents', () => {
  test('the server answers what the rule says of its tables, and its events name whoever is touched', async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
        const world = new World(server)
        await world.begin()
        let facts = await world.facts()
        for (const one of [...planted, ...steps]) {
          const since = await server.events.head(world.workspaceId)
          await world.take(
            one,
            facts.rows.map(({ id }) => id),
          )
          const after = await world.facts()
          if ((await server.events.head(world.workspaceId)) > since) seen.add(one.does)
          for (const { id, audience_id } of after.rows) expect(audience_id).toBe(after.audience(id))
          await checkTouched(server, world, facts, after, since)
          if (one.does === 'restore') {
            // Nobody may open it whose it was not before, wherever it comes back to.
            for (const { id } of facts.rows) {
              if (facts.has(id, true)) continue
              for (const person of world.people) expect(after.role(person, id)).toBe(facts.role(person, id))
            }
          }
          facts = after
        }
        await checkAnswers(server, world, facts)
      }),
      // A failure is shrunk for as long as this; it is told then in any case. Milliseconds.
      { numRuns: 50, interruptAfterTimeLimit: 30_000 },
    )
    expect([...seen].toSorted()).toEqual(['create', 'give', 'move', 'remove', 'restore', 'restrict'])
  })
})
