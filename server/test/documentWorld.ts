import { type DocumentRole, DocumentRole as DocumentRoles, documentRole } from '@weft/shared/documents'
import { DocumentId, must, randomId, type UserId, WeftError, WorkspaceId } from '@weft/shared/kit'
import type { MemberRole } from '@weft/shared/workspaces'
import fc from 'fast-check'
import { type SyncServer, userId } from './syncServer.ts'

/** Most things are done by the owner, who may: what comes of them is looked at, not only that they are refused. */
const who = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat() })
const document = fc.nat()

/** What somebody does; numbers choose among what there is at that moment. */
export const step = fc.oneof(
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
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const memberRoles: MemberRole[] = ['owner', 'member', 'member', 'guest']

/** A workspace with four people, and what its tables say of it, read without any of the code that is looked at. */
export class World {
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
        await api.create(by, { workspaceId, id, title: 'needle', parentId: place(step.below), kind: 'plain' })
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

/** A few documents, one below the other, so that what happens to one is felt on others. */
export const planted: readonly Step[] = [0, 1, 2, 0].map((below) => ({ does: 'create', who: 0, below }) as const)

interface FactRow {
  id: DocumentId
  parent_id: DocumentId | null
  removed_at: number | null
  restricted: 0 | 1
  audience_id: DocumentId | null
}

export class Facts {
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
