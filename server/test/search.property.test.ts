import type { DocumentId, UserId } from '@weft/shared/kit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../src/kit/logger.ts'
import { createSearch, type Search } from '../src/search/index.ts'
import { planted, step, World } from './documentWorld.ts'
import { type SyncServer, startSyncServer, stopAll } from './syncServer.ts'

let server: SyncServer
let search: Search
beforeAll(async () => {
  server = await startSyncServer()
  const { storage, events, documents } = server
  search = createSearch({ storage, events, documents, log: createLogger('silent') })
})
afterAll(async () => {
  await search.stop()
  await stopAll()
})

/** Page by page, each of which must be full while another one follows. */
async function findAll(world: World, by: UserId, below?: DocumentId): Promise<DocumentId[]> {
  const found: DocumentId[] = []
  for (let cursor: string | undefined; ; ) {
    const { workspaceId } = world
    const page = await search.documents(by, { workspaceId, query: 'needle', below, cursor, limit: 3 })
    found.push(...page.hits.map(({ documentId }) => documentId))
    if (page.next === null) return found.toSorted()
    expect(page.hits).toHaveLength(3)
    cursor = page.next
  }
}

describe('[ACCESS-1] over whatever people do with documents', () => {
  test('search returns what a person may see, all of it and nothing else, in the whole and below each document', async () => {
    let [hidden, shown] = [0, 0]
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 40 }), async (steps) => {
        const world = new World(server)
        await world.begin()
        let facts = await world.facts()
        for (const one of [...planted, ...steps]) {
          await world.take(
            one,
            facts.rows.map(({ id }) => id),
          )
          facts = await world.facts()
        }
        const ids = facts.rows.map(({ id }) => id)
        await search.settle()
        for (const person of world.people) {
          const seen = ids.filter((id) => facts.has(id, true) && facts.role(person, id) !== null)
          expect(await findAll(world, person.id)).toEqual(seen.toSorted())
          hidden += ids.length - seen.length
          shown += seen.length

          // As the tree looks to them: what stands below something hidden stands on the top level.
          const list = await server.documents.list(person.id, world.workspaceId)
          const parents = new Map(list.map(({ id, parentId }) => [id, parentId]))
          const isBelow = (id: DocumentId | null, root: DocumentId): boolean =>
            id !== null && (id === root || isBelow(parents.get(id) ?? null, root))
          for (const root of ids) {
            if (!seen.includes(root)) {
              await expect(findAll(world, person.id, root)).rejects.toMatchObject({ id: 'not-found' })
              continue
            }
            const below = list.flatMap(({ id }) => (isBelow(id, root) ? [id] : []))
            expect(await findAll(world, person.id, root)).toEqual(below.toSorted())
          }
        }
      }),
      // A failure is shrunk for as long as this; it is told then in any case. Milliseconds.
      { numRuns: 25, interruptAfterTimeLimit: 30_000 },
    )
    expect(Math.min(hidden, shown)).toBeGreaterThan(100)
  })
})
