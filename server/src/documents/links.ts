import type { Backlink } from '@weft/shared/documents'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import { requireRole } from '../workspaces/index.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { requireDocument } from './policy.ts'
import { visibleTo } from './visible.ts'

/** What a person looks through; the newest are shown. */
const mostShown = 200

/** Where a document leads, by its text. */
export interface Links {
  documentId: DocumentId
  to: readonly DocumentId[]
}

/** Also for the test that looks at its plan. */
export const backlinksStatement = (documentId: DocumentId, visible: ReturnType<typeof visibleTo>) => sql<Backlink>`
  select documents.id, documents.title, documents.kind, documents.updated_at as "updatedAt"
  from document_links
  cross join documents on documents.id = document_links.from_id
  where document_links.to_id = ${documentId} and ${visible} and documents.archived_at is null
  order by documents.updated_at desc, documents.id limit ${mostShown}`

const readLinks = async (db: Reader, documentId: DocumentId): Promise<Set<DocumentId>> =>
  new Set(
    (await db.selectFrom('document_links').where('from_id', '=', documentId).select('to_id').execute()).map(
      (row) => row.to_id,
    ),
  )

/** Which documents lead to which. */
export function createLinks({ storage, tellAll }: Pick<DocumentsDependencies, 'storage' | 'tellAll'>) {
  return {
    /** Documents of the same workspace whose text leads to one, as far as the person may see them, the newest first. */
    async backlinks(by: UserId, documentId: DocumentId): Promise<Backlink[]> {
      const { workspaceId } = await requireDocument(storage.read, by, documentId)
      const member = await requireRole(storage.read, by, workspaceId)
      return (await backlinksStatement(documentId, visibleTo(by, workspaceId, member)).execute(storage.read)).rows
    },

    /** Writes where documents' texts lead now, in the place of what was there; what is as it was costs nothing. */
    async writeLinks(links: readonly Links[]): Promise<void> {
      const changes: Change[] = []
      for (const { documentId, to } of links) {
        const known = await readLinks(storage.read, documentId)
        const now = new Set(to.filter((id) => id !== documentId))
        const gone = [...known].filter((id) => !now.has(id))
        const added = [...now].filter((id) => !known.has(id))
        if (gone.length + added.length > 0) changes.push({ documentId, gone, added })
      }
      if (changes.length === 0) return
      await storage.transaction(async (tx) => {
        for (const change of changes) await writeChange(tx, change)
      })
      // Which ones is not in it: those who look at one of them ask again, and few do.
      for (const [workspaceId, seq] of await readHeadsOf(storage.read, changes)) {
        tellAll(workspaceId, { type: 'changed', topics: ['links'], seq })
      }
    },
  }
}

/** The workspaces of some documents, with the sequence that each has come to. */
async function readHeadsOf(db: Reader, changes: readonly Change[]): Promise<Map<WorkspaceId, number>> {
  const rows = await db
    .selectFrom('documents')
    .innerJoin('event_heads', (join) => join.onRef(sql.ref('event_heads.scope'), '=', 'documents.workspace_id'))
    .where(
      'documents.id',
      'in',
      changes.map(({ documentId }) => documentId),
    )
    .select(['documents.workspace_id as workspaceId', 'event_heads.seq'])
    .distinct()
    .execute()
  return new Map(rows.map(({ workspaceId, seq }) => [workspaceId, seq]))
}

interface Change {
  documentId: DocumentId
  gone: readonly DocumentId[]
  added: readonly DocumentId[]
}

async function writeChange(tx: Writer, { documentId, gone, added }: Change): Promise<void> {
  if (gone.length > 0)
    await tx.deleteFrom('document_links').where('from_id', '=', documentId).where('to_id', 'in', gone).execute()
  if (added.length === 0) return
  await sql`insert into document_links (from_id, to_id)
    select documents.id, each.value from documents cross join json_each(${JSON.stringify(added)}) as each
    where documents.id = ${documentId} on conflict do nothing`.execute(tx)
}
