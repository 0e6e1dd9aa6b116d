import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import { type Spell, spellLongest, spellPause } from './spell.ts'

/** Up to where a document's journal has been counted, and what has to be known of it for that. */
export interface Counted {
  workspaceId: WorkspaceId
  createdAt: number
  seq: number
}

/** Undefined: there is no such document. */
export const readCounted = (db: Reader, documentId: DocumentId): Promise<Counted | undefined> =>
  db
    .selectFrom('documents')
    .leftJoin('spell_positions', 'spell_positions.document_id', 'documents.id')
    .where('documents.id', '=', documentId)
    .select(({ fn, val }) => [
      'documents.workspace_id as workspaceId',
      'documents.created_at as createdAt',
      fn.coalesce('spell_positions.seq', val(0)).as('seq'),
    ])
    .executeTakeFirst()

export async function writeCounted(tx: Writer, documentId: DocumentId, seq: number): Promise<void> {
  await tx
    .insertInto('spell_positions')
    .values({ document_id: documentId, seq })
    .onConflict((row) => row.column('document_id').doUpdateSet({ seq }))
    .execute()
}

export async function readOpen(db: Reader, documentId: DocumentId): Promise<Map<UserId, Spell>> {
  const rows = await db
    .selectFrom('spells')
    .where('document_id', '=', documentId)
    .select(['author_id as authorId', 'from_at as fromAt', 'to_at as toAt', 'edits', 'added', 'removed'])
    .execute()
  return new Map(rows.map((spell) => [spell.authorId, spell]))
}

export async function writeOpen(tx: Writer, documentId: DocumentId, spell: Spell): Promise<void> {
  const { authorId, fromAt, toAt, edits, added, removed } = spell
  const values = { from_at: fromAt, to_at: toAt, edits, added, removed }
  await tx
    .insertInto('spells')
    .values({ document_id: documentId, author_id: authorId, ...values })
    .onConflict((row) => row.columns(['document_id', 'author_id']).doUpdateSet(values))
    .execute()
}

export async function deleteOpen(tx: Writer, documentId: DocumentId, authorId: UserId): Promise<void> {
  await tx.deleteFrom('spells').where('document_id', '=', documentId).where('author_id', '=', authorId).execute()
}

/** Documents with a spell that is over. */
export async function readDue(db: Reader, now: number): Promise<DocumentId[]> {
  const rows = await db
    .selectFrom('spells')
    .where((eb) => eb.or([eb('to_at', '<=', now - spellPause), eb('from_at', '<=', now - spellLongest)]))
    .select('document_id')
    .distinct()
    .execute()
  return rows.map((row) => row.document_id)
}

/** Whether a document has rows, packed or not, behind a sequence. */
export async function hasMore(db: Reader, documentId: DocumentId, seq: number): Promise<boolean> {
  const { rows } = await sql<{ head: number | null }>`
    select coalesce(
      (select max(seq) from journal where document_id = ${documentId}),
      (select seq from snapshots where document_id = ${documentId})
    ) as head`.execute(db)
  return (rows[0]?.head ?? 0) > seq
}

/** Documents with rows, packed or not, that have not been counted. */
export async function readUncounted(db: Reader): Promise<DocumentId[]> {
  const { rows } = await sql<{ id: DocumentId }>`
    select d.id from documents as d
    left join spell_positions as p on p.document_id = d.id
    where coalesce(
      (select max(seq) from journal where document_id = d.id),
      (select seq from snapshots where document_id = d.id),
      0
    ) > coalesce(p.seq, 0)`.execute(db)
  return rows.map((row) => row.id)
}
