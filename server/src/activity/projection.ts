import { type AudienceId, activityOf } from '@weft/shared/activity'
import { installationScope, type WeftEvent } from '@weft/shared/events'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { sql } from 'kysely'
import type { Reader } from '../storage/port.ts'
import type { ActivityDependencies } from './dependencies.ts'
import { insertEntry, type ToldEntry } from './rows.ts'

/** Rows that are given another audience in one transaction: some milliseconds of the writer. */
const rewrittenAtOnce = 500

interface Told {
  /** An entry is in the table. */
  entry(workspaceId: WorkspaceId, entry: ToldEntry): void
  /** What these audiences are told is another by now; called before the rows say so, and again when they do. */
  changed(audienceIds: ReadonlySet<AudienceId>): void
}

/** Makes the history out of the event log, and keeps who is told of what as it is by now [ACCESS-5]. */
export function projectActivity({ storage, events, documents }: ActivityDependencies, told: Told): void {
  async function audienceOf(workspaceId: WorkspaceId, documentId: DocumentId | null): Promise<AudienceId> {
    if (documentId === null) return workspaceId
    return (await documents.audiencesOf([documentId])).get(documentId)?.id ?? workspaceId
  }

  /** What lies in another audience now than its rows say. */
  async function moved(workspaceId: WorkspaceId, roots: readonly DocumentId[]) {
    const below = await subtree(storage.read, roots)
    const audiences = await documents.audiencesOf(below)
    const changes: { documentId: DocumentId; to: AudienceId }[] = []
    const touched = new Set<AudienceId>()
    for (const documentId of below) {
      const to = audiences.get(documentId)?.id ?? workspaceId
      const from = await othersThan(storage.read, workspaceId, documentId, to)
      if (from.length === 0) continue
      changes.push({ documentId, to })
      for (const audience of [...from, to]) touched.add(audience)
    }
    return { changes, touched }
  }

  async function rewrite(workspaceId: WorkspaceId, documentId: DocumentId, to: AudienceId): Promise<void> {
    for (let after = { at: 0, seq: 0 }; ; ) {
      const rows = await storage.read
        .selectFrom('activity')
        .where('workspace_id', '=', workspaceId)
        .where('document_id', '=', documentId)
        .where(sql<boolean>`(at, seq) > (${after.at}, ${after.seq})`)
        .select(['at', 'seq'])
        .orderBy('at')
        .orderBy('seq')
        .limit(rewrittenAtOnce)
        .execute()
      const last = rows.at(-1)
      if (last === undefined) return
      after = last
      const seqs = rows.map(({ seq }) => seq)
      await storage.transaction((tx) =>
        tx
          .updateTable('activity')
          .set({ audience_id: to })
          .where('workspace_id', '=', workspaceId)
          .where('seq', 'in', seqs)
          .execute(),
      )
    }
  }

  async function follow(workspaceId: WorkspaceId, roots: readonly DocumentId[]): Promise<void> {
    const { changes, touched } = await moved(workspaceId, roots)
    if (changes.length === 0) return
    told.changed(touched)
    for (const { documentId, to } of changes) await rewrite(workspaceId, documentId, to)
    told.changed(touched)
  }

  events.consume(
    'activity',
    async (event) => {
      const { scope } = event
      if (scope === installationScope) return
      const line = activityOf(event)
      if (line !== null) {
        const entry = { ...line, audienceId: await audienceOf(scope, line.documentId) }
        await storage.transaction((tx) => insertEntry(tx, scope, entry))
        told.entry(scope, entry)
      }
      const roots = rootsOf(event)
      if (roots.length > 0) await follow(scope, roots)
    },
    { from: 'start' },
  )
}

/** Documents from which downwards the audience may be another one after a fact. */
function rootsOf({ fact }: WeftEvent): readonly DocumentId[] {
  switch (fact.type) {
    case 'document.moved':
    case 'document.restriction-changed':
      return [fact.documentId]
    case 'document.restored':
      // Where the place above is gone it comes back to another one.
      return fact.documentIds.slice(0, 1)
    default:
      return []
  }
}

/** Audiences that the rows of a document name, other than the one. */
async function othersThan(db: Reader, workspaceId: WorkspaceId, documentId: DocumentId, audienceId: AudienceId) {
  const rows = await db
    .selectFrom('activity')
    .where('workspace_id', '=', workspaceId)
    .where('document_id', '=', documentId)
    .where('audience_id', '!=', audienceId)
    .select('audience_id')
    .distinct()
    .execute()
  return rows.map((row) => row.audience_id)
}

/** With those in the trash: they come back with what happened to them. */
async function subtree(db: Reader, roots: readonly DocumentId[]): Promise<DocumentId[]> {
  const { rows } = await sql<{ id: DocumentId }>`
    with recursive tree (id) as (
      select id from documents where id in (${sql.join(roots)})
      union select below.id from documents as below join tree on below.parent_id = tree.id
    ) select id from tree`.execute(db)
  return rows.map((row) => row.id)
}
