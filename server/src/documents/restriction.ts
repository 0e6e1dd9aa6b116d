import { mayManage } from '@weft/shared/documents'
import type { DocumentId } from '@weft/shared/kit'
import { atLeast } from '@weft/shared/workspaces'
import { type Actor, readHead, readRole } from '../workspaces/index.ts'
import { readGrant, writeGrant } from './accessStore.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { readReach, writeRestricted } from './inheritance.ts'
import { requireDocument } from './policy.ts'
import { readPlace } from './store.ts'

/** Documents that are narrower than what lies above them. */
export function createRestriction({ storage, commit }: Pick<DocumentsDependencies, 'storage' | 'commit'>) {
  return {
    /** From here on only those who are listed on it may open it, or again whoever may open what lies above it. */
    async setRestricted(by: Actor, documentId: DocumentId, restricted: boolean): Promise<{ seq: number }> {
      return commit.unlessDone(by, async () => {
        const { workspaceId } = await requireDocument(storage.read, by.userId, documentId, mayManage, 'archived-too')
        return commit(by, workspaceId, async (tx, say) => {
          const found = await requireDocument(tx, by.userId, documentId, mayManage, 'archived-too')
          if (found.restricted === restricted) return { seq: await readHead(tx, workspaceId) }
          const member = await readRole(tx, by.userId, workspaceId)
          const always = member !== null && atLeast(member, 'admin')
          // Whoever manages it because of something above would shut themselves out.
          if (restricted && !always && (await readGrant(tx, documentId, by.userId)) === null) {
            await writeGrant(tx, documentId, { userId: by.userId, role: 'manage' })
          }
          const parent = found.parentId === null ? undefined : await readPlace(tx, found.parentId)
          await writeRestricted(tx, documentId, restricted, parent?.audienceId ?? null)
          const touched = await readReach(tx, documentId, null)
          return { seq: await say({ type: 'document.restriction-changed', documentId, restricted, touched }) }
        })
      })
    },
  }
}
