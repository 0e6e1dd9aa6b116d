import { mayEdit } from '@weft/shared/documents'
import type { EventFact } from '@weft/shared/events'
import { installationScope } from '@weft/shared/events'
import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { Writer } from '../storage/index.ts'
import { type Actor, readHead } from '../workspaces/index.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import type { Found } from './found.ts'
import { requireDocument } from './policy.ts'

/** A person's stars on the documents of a workspace go with their membership. */
export async function deleteStarsOf(tx: Writer, userId: UserId, workspaceId: WorkspaceId): Promise<void> {
  await tx
    .deleteFrom('stars')
    .where('user_id', '=', userId)
    .where('document_id', 'in', (eb) =>
      eb.selectFrom('documents').select('documents.id').where('documents.workspace_id', '=', workspaceId),
    )
    .execute()
}

/** What is noted of a document beside its text: its emoji, whether it is a template, and for each person a star. */
export function createMarks({ storage, clock, commit, tellPerson }: DocumentsDependencies) {
  /** Where nothing changes, nothing has happened. */
  const change = (
    by: Actor,
    documentId: DocumentId,
    isSo: (found: Found) => boolean,
    columns: { icon: string | null } | { template: 0 | 1 },
    fact: EventFact,
  ): Promise<{ seq: number }> =>
    commit.unlessDone(by, async () => {
      const { workspaceId } = await requireDocument(storage.read, by.userId, documentId, mayEdit)
      return commit(by, workspaceId, async (tx, say) => {
        const found = await requireDocument(tx, by.userId, documentId, mayEdit)
        if (isSo(found)) return { seq: await readHead(tx, workspaceId) }
        await tx.updateTable('documents').set(columns).where('id', '=', documentId).execute()
        return { seq: await say(fact) }
      })
    })

  async function writeStar(tx: Writer, by: Actor, documentId: DocumentId, starred: boolean): Promise<void> {
    if (starred) {
      await tx
        .insertInto('stars')
        .values({ user_id: by.userId, document_id: documentId, at: clock.now() })
        .onConflict((row) => row.doNothing())
        .execute()
    } else await tx.deleteFrom('stars').where('user_id', '=', by.userId).where('document_id', '=', documentId).execute()
  }

  return {
    setIcon: (by: Actor, documentId: DocumentId, icon: string | null) =>
      change(by, documentId, (found) => found.icon === icon, { icon }, { type: 'document.icon-changed', documentId }),

    setTemplate: (by: Actor, documentId: DocumentId, template: boolean) =>
      change(
        by,
        documentId,
        (found) => found.template === template,
        { template: template ? 1 : 0 },
        { type: 'document.template-changed', documentId, template },
      ),

    /** One's own business, as watching is: no event tells of it, and only one's own pages are told. */
    setStar: (by: Actor, documentId: DocumentId, starred: boolean): Promise<{ seq: number }> =>
      commit.unlessDone(by, async () => {
        const { workspaceId } = await requireDocument(storage.read, by.userId, documentId)
        return commit(by, installationScope, async (tx) => {
          await writeStar(tx, by, documentId, starred)
          const seq = await readHead(tx, workspaceId)
          storage.afterCommit(tx, () =>
            tellPerson(workspaceId, by.userId, { type: 'changed', topics: ['documents'], seq }),
          )
          return { seq }
        })
      }),
  }
}
