import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { type Compilable, sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import { type Spell, spellLongest, spellPause } from './spell.ts'

/** Rows of one statement: seven parameters each. */
const rowsAtOnce = 500

/** Up to where a document's journal has been counted, and what has to be known of it for that. */
export interface Counted {
  workspaceId: WorkspaceId
  createdAt: number
  seq: number
}

/** Of some documents; those that do not exist are left out. */
export async function readCounted(db: Reader, documentIds: readonly DocumentId[]): Promise<Map<DocumentId, Counted>> {
  const rows = await db
    .selectFrom('documents')
    .leftJoin('spell_positions', 'spell_positions.document_id', 'documents.id')
    .where('documents.id', 'in', documentIds)
    .select(({ fn, val }) => [
      'documents.id',
      'documents.workspace_id as workspaceId',
      'documents.created_at as createdAt',
      fn.coalesce('spell_positions.seq', val(0)).as('seq'),
    ])
    .execute()
  return new Map(rows.map(({ id, ...counted }) => [id, counted]))
}

/** What writes them. */
export const countedWrite = (tx: Writer, seqs: ReadonlyMap<DocumentId, number>): Compilable =>
  tx
    .insertInto('spell_positions')
    .values([...seqs].map(([documentId, seq]) => ({ document_id: documentId, seq })))
    .onConflict((row) => row.column('document_id').doUpdateSet((eb) => ({ seq: eb.ref('excluded.seq') })))

/** The open spells of some documents, one of an author in each; an empty map where there is none. */
export async function readOpen(
  db: Reader,
  documentIds: readonly DocumentId[],
): Promise<Map<DocumentId, Map<UserId, Spell>>> {
  const rows = await db
    .selectFrom('spells')
    .where('document_id', 'in', documentIds)
    .select([
      'document_id as documentId',
      'author_id as authorId',
      'from_at as fromAt',
      'to_at as toAt',
      'edits',
      'added',
      'removed',
    ])
    .execute()
  const open = new Map(documentIds.map((documentId) => [documentId, new Map<UserId, Spell>()]))
  for (const { documentId, ...spell } of rows) open.get(documentId)?.set(spell.authorId, spell)
  return open
}

/** What writes them. */
export function openWrites(tx: Writer, open: ReadonlyMap<DocumentId, ReadonlyMap<UserId, Spell>>): Compilable[] {
  const rows = [...open].flatMap(([documentId, spells]) =>
    [...spells.values()].map(({ authorId, fromAt, toAt, edits, added, removed }) => ({
      document_id: documentId,
      author_id: authorId,
      from_at: fromAt,
      to_at: toAt,
      edits,
      added,
      removed,
    })),
  )
  const writes: Compilable[] = []
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const write = tx
      .insertInto('spells')
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflict((row) =>
        row.columns(['document_id', 'author_id']).doUpdateSet((eb) => ({
          from_at: eb.ref('excluded.from_at'),
          to_at: eb.ref('excluded.to_at'),
          edits: eb.ref('excluded.edits'),
          added: eb.ref('excluded.added'),
          removed: eb.ref('excluded.removed'),
        })),
      )
    writes.push(write)
  }
  return writes
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
