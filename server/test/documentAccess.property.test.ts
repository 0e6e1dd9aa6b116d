import { type DocumentRole, DocumentRole as DocumentRoles, documentRole } from '@weft/shared/documents'
import { DocumentId, must, randomId, type UserId, WeftError, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SyncServer, startSyncServer, stopAll, userId } from './syncServer.ts'

/** Most things are done by the owner, who may: what comes of them is looked at, not only that they are refused. */
const who = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat() })
const document = fc.nat()

/** What somebody does; numbers choose among what there is at that moment. */
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('create' as const), who, below: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('move' as const), who, document, below: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('restrict' as const), who, document, restricted: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('give' as const),
      who,
      document,
      whom: fc.nat(),
      role: fc.option(fc.constantFrom(...DocumentRoles.options), { nil: null }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('remove' as const), who, document }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('restore' as const), who, document }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const memberRoles: MemberRole[] = ['owner', 'member', 'member', 'guest']

/** A workspace with four people, and what its tables say of it, read without any of the code that is looked at. */
class World {
  readonly workspaceId = WorkspaceId.parse(randomId())
  readonly people = memberRoles.map((role) => ({ id: userId(), role }))
  readonly #server: SyncServer

  constructor(server: SyncServer) {
    this.#server = server
  }

  async begin(): Promise<void> {
    const { workspaceId, people } = this
    await this.#server.storage.transaction(async (tx) => {
      await tx
        .insertInto('workspaces')
        .values({ id: workspaceId, name: 'W', created_by: userId(), created_at: 0 })
        .execute()
      const members = people.map(({ id, role }) => ({ workspace_id: workspaceId, user_id: id, role, joined_at: 0 }))
      await tx.insertInto('members').values(members).execute()
    })
  }

  async facts() {
    const { read } = this.#server.storage
    const rows = await read
      .selectFrom('documents')
      .where('workspace_id', '=', this.workspaceId)
      .orderBy('created_at')
      .orderBy('id')
      .selectAll()
      .execute()
    const grants = await read
      .selectFrom('document_access')
      .innerJoin('documents', 'documents.id', 'document_access.document_id')
      .where('workspace_id', '=', this.workspaceId)
      .select(['document_id', 'user_id', 'role'])
      .execute()
    return new Facts(rows, grants)
  }

  /** Does a step as one of the people; what it was not allowed, or not possible, changes nothing. */
  async take(step: Step, documents: readonly DocumentId[]): Promise<void> {
    const by = { userId: must(this.people[step.who % this.people.length], 'a person').id, commandId: null }
    const api = this.#server.documents
    const pick = (at: number): DocumentId => must(documents[at % documents.length], 'a document')
    const place = (at: number) => (at % (documents.length + 1) === 0 ? null : pick((at % (documents.length + 1)) - 1))
    try {
      if (step.does === 'create') {
        const id = DocumentId.parse(randomId())
        const { workspaceId } = this
        await api.create(by, { workspaceId, id, title: '', parentId: place(step.below), kind: 'plain' })
        return
      }
      if (documents.length === 0) return
      const documentId = pick(step.document)
      if (step.does === 'move') await api.move(by, documentId, place(step.below))
      else if (step.does === 'restrict') await api.setRestricted(by, documentId, step.restricted)
      else if (step.does === 'remove') await api.remove(by, documentId)
      else if (step.does === 'restore') await api.restore(by, documentId)
      else {
        const whom = must(this.people[step.whom % this.people.length], 'a person').id
        if (step.role === null) await api.clearAccess(by, documentId, whom)
        else await api.setAccess(by, documentId, whom, step.role)
      }
    } catch (error) {
      if (!(error instanceof WeftError) || !['not-found', 'not-permitted', 'conflict'].includes(error.id)) throw error
    }
  }
}

interface FactRow {
  id: DocumentId
  parent_id: DocumentId | null
  removed_at: number | null
  restricted: 0 | 1
  audience_id: DocumentId | null
}

class Facts {
  readonly rows: readonly FactRow[]
  readonly #byId: Map<DocumentId, FactRow>
  readonly #grants: Map<string, DocumentRole>

  constructor(rows: readonly FactRow[], grants: { document_id: DocumentId; user_id: UserId; role: DocumentRole }[]) {
    this.rows = rows
    this.#byId = new Map(rows.map((row) => [row.id, row]))
    this.#grants = new Map(grants.map(({ document_id, user_id, role }) => [`${document_id} ${user_id}`, role]))
  }

  line(id: DocumentId): FactRow[] {
    const row = must(this.#byId.get(id), 'a row')
    return row.parent_id === null ? [row] : [...this.line(row.parent_id), row]
  }

  audience(id: DocumentId): DocumentId | null {
    return this.line(id).findLast(({ restricted }) => restricted === 1)?.id ?? null
  }

  /** In the trash or not. */
  role(person: { id: UserId; role: MemberRole }, id: DocumentId): DocumentRole | null {
    const steps = this.line(id).map((row) => ({
      restricted: row.restricted === 1,
      grant: this.#grants.get(`${row.id} ${person.id}`) ?? null,
    }))
    return documentRole(person.role, steps)
  }

  has(id: DocumentId, inPlace: boolean): boolean {
    const row = this.#byId.get(id)
    return row !== undefined && (row.removed_at === null || !inPlace)
  }
}

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
        // A few documents, one below the other, so that what happens to one is felt on others.
        const planted = [0, 1, 2, 0].map((below) => ({ does: 'create', who: 0, below }) as const)
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
