import type { DocumentRole } from '@weft/shared/documents'
import { touchedLimit } from '@weft/shared/documents'
import type { DocumentId, UserId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader, Writer } from '../storage/port.ts'
import { type LineGrants, readLineGrants, writeGrant } from './accessStore.ts'

/** What a place hands down to the documents in it. */
export interface Inheritance {
  /** Whether a document above lets only those in who are listed on it. */
  restricted: boolean
  grants: ReadonlyMap<UserId, DocumentRole>
}

/** The one rule for everybody at once: the nearest grant counts, and a restriction forgets what came from above. */
export function inheritanceOf(line: readonly LineGrants[]): Inheritance {
  let restricted = false
  let grants = new Map<UserId, DocumentRole>()
  for (const step of line) {
    if (step.restricted) {
      restricted = true
      grants = new Map()
    }
    for (const [userId, role] of step.grants) grants.set(userId, role)
  }
  return { restricted, grants }
}

export const readInheritance = async (db: Reader, parentId: DocumentId | null): Promise<Inheritance> =>
  inheritanceOf(parentId === null ? [] : await readLineGrants(db, parentId))

export const sameInheritance = (a: Inheritance, b: Inheritance): boolean =>
  a.restricted === b.restricted &&
  a.grants.size === b.grants.size &&
  [...a.grants].every(([userId, role]) => b.grants.get(userId) === role)

/**
 * The document and those below it that what comes down through it reaches: a restricted one stops it, and what was
 * given on one stops it for that person. Null: more than `touchedLimit`. The trash is left out.
 */
export async function readReach(
  db: Reader,
  documentId: DocumentId,
  userId: UserId | null,
): Promise<DocumentId[] | null> {
  const notGiven =
    userId === null
      ? sql``
      : sql`and not exists (select 1 from document_access where document_id = below.id and user_id = ${userId})`
  const { rows } = await sql<{ id: DocumentId }>`
    with recursive reach (id) as (
      select id from documents where id = ${documentId}
      union select below.id from documents as below join reach on below.parent_id = reach.id
      where below.restricted = 0 and below.removed_at is null ${notGiven}
    ) select id from reach limit ${touchedLimit + 1}`.execute(db)
  return rows.length > touchedLimit ? null : rows.map(({ id }) => id)
}

/** Writes into a document, and all that lies below it down to the next restricted one, whose audience it has. */
export async function writeAudience(tx: Writer, documentId: DocumentId, audienceId: DocumentId | null): Promise<void> {
  await sql`
    update documents set audience_id = ${audienceId}
    where id in (
      with recursive reach (id) as (
        select id from documents where id = ${documentId}
        union select below.id from documents as below join reach on below.parent_id = reach.id
        where below.restricted = 0
      ) select id from reach
    )`.execute(tx)
}

export async function writeRestricted(
  tx: Writer,
  documentId: DocumentId,
  restricted: boolean,
  inheritedAudience: DocumentId | null,
): Promise<void> {
  await tx
    .updateTable('documents')
    .set({ restricted: restricted ? 1 : 0 })
    .where('id', '=', documentId)
    .execute()
  await writeAudience(tx, documentId, restricted ? documentId : inheritedAudience)
}

/** Writes onto a document what it inherits, so that everybody keeps their access in whatever place it comes to. */
export async function keepInheritance(tx: Writer, documentId: DocumentId, { restricted, grants }: Inheritance) {
  const given = new Set(
    (await tx.selectFrom('document_access').where('document_id', '=', documentId).select('user_id').execute()).map(
      (row) => row.user_id,
    ),
  )
  for (const [userId, role] of grants) if (!given.has(userId)) await writeGrant(tx, documentId, { userId, role })
  if (restricted) await writeRestricted(tx, documentId, true, null)
}
