import type { AudienceId } from '@weft/shared/activity'
import { DocumentId, type WorkspaceId } from '@weft/shared/kit'
import { windowEntries } from '@weft/shared/sync'
import type { BuiltWindow, WindowEntry, WindowHandle } from '../sync/index.ts'
import type { ActivityDependencies } from './dependencies.ts'
import { lastSeq, readNewest, type ToldEntry, withoutAudience } from './rows.ts'

const toWindowEntry = (entry: ToldEntry): WindowEntry => ({
  key: String(entry.seq),
  value: { ...withoutAudience(entry) },
  rank: entry.at,
})

/** `feed/<audienceId>`: the newest entries of one audience, live. */
export function feedWindow({ storage, documents, registerWindow }: ActivityDependencies) {
  async function build(id: string): Promise<BuiltWindow> {
    const documentId = DocumentId.parse(id)
    const narrower = (await documents.audiencesOf([documentId])).get(documentId)
    // Whoever may read it has been asked before: an id that is no document's is a workspace's.
    const workspaceId = narrower?.workspaceId ?? (id as WorkspaceId)
    const seq = await lastSeq(storage.read, workspaceId)
    const entries = await readNewest(storage.read, workspaceId, id as AudienceId, windowEntries)
    const named = entries.flatMap((entry) => entry.documentId ?? [])
    const audiences = await documents.audiencesOf(named)
    // A document that has just moved, and whose rows do not say so yet [ACCESS-5].
    const isStillHere = (entry: ToldEntry): boolean =>
      entry.documentId === null || audiences.get(entry.documentId)?.id === id
    return { seq, entries: entries.filter(isStillHere).map(toWindowEntry) }
  }

  const handle: WindowHandle = registerWindow({
    kind: 'feed',
    access: (userId, id) => documents.isInAudience(userId, id),
    build,
  })

  return {
    tell: (entry: ToldEntry): void => handle.apply(entry.audienceId, { seq: entry.seq, set: [toWindowEntry(entry)] }),
    renew(audienceIds: Iterable<AudienceId>): void {
      for (const id of audienceIds) handle.renew(id)
    },
  }
}
