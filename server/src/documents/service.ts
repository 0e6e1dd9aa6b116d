import { type Document, mayEdit, type RemovedDocument } from '@weft/shared/documents'
import { type DocumentId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { setTitle } from '@weft/shared/text'
import type { Writer } from '../storage/index.ts'
import { type Actor, readHead, requireRole } from '../workspaces/index.ts'
import { removeAll } from './abandoning.ts'
import { createAccessRequests, deleteRequestsOf } from './accessRequests.ts'
import { deleteGrantsOf } from './accessStore.ts'
import { createArchive } from './archive.ts'
import { createAudiences } from './audiences.ts'
import { createCreation } from './creation.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { createDuplication } from './duplication.ts'
import { listFor, listRemovedFor } from './found.ts'
import { createLinks } from './links.ts'
import { createMarkdownWork } from './markdownWork.ts'
import { createMarks, deleteStarsOf } from './marks.ts'
import { createMoving } from './moving.ts'
import { createPages } from './pages.ts'
import { createPeople } from './people.ts'
import { noDocument, requireDocument, toDocument } from './policy.ts'
import { createProjection } from './projection.ts'
import { createPurging } from './purging.ts'
import { createRestriction } from './restriction.ts'
import { createSharing } from './sharing.ts'
import { createSpells } from './spells.ts'
import { readPlace } from './store.ts'
import type { JournalRun } from './textPort.ts'
import { createVisibility } from './visibility.ts'

export type Documents = ReturnType<typeof createDocuments>

/** The tree of documents, who may do what with each, and what queries know of their text. */
export function createDocuments(deps: DocumentsDependencies) {
  const { storage, texts, commit } = deps
  const projection = createProjection(deps)
  const spells = createSpells(deps)
  const markdown = createMarkdownWork(deps.markdownMs)
  const { startPurging, stopPurging, ...purging } = createPurging(deps)

  /** The text may be read and written; a document that could not be loaded says so instead [SAVE-7]. */
  const checkText = (setAside: string | null): void => {
    if (setAside === null) return
    throw new WeftError('document-set-aside', 'The text of this document is damaged. Tell whoever runs this server.')
  }

  return {
    ...createMoving(deps),
    ...createArchive(deps),
    ...createMarks(deps),
    ...purging,
    ...createSharing(deps),
    ...createAccessRequests(deps),
    removeAll,
    ...createAudiences(deps),
    ...createPeople(deps),
    ...createRestriction(deps),
    ...createVisibility(deps),
    ...createLinks(deps),
    ...createPages(deps, markdown),
    create: createCreation(deps, markdown),
    duplicate: createDuplication(deps, markdown),
    /** Told by sync after each commit, off the edit path. */
    textChanged(documentId: DocumentId, runs: readonly JournalRun[]): void {
      for (const authorId of new Set(runs.map((run) => run.authorId))) projection.textChanged(documentId, authorId)
      spells.textChanged(documentId, runs)
    },
    async catchUp(): Promise<void> {
      await projection.catchUp()
      // Nobody waits for it, and the first start of a large database has much to count.
      void spells.catchUp()
      startPurging()
    },
    async settle(): Promise<void> {
      await projection.settle()
      await spells.settle()
    },
    async stop(): Promise<void> {
      projection.stop()
      await stopPurging()
      await spells.stop()
      await markdown.stop()
    },

    async get(by: UserId, documentId: DocumentId): Promise<Document> {
      const document = toDocument(await requireDocument(storage.read, by, documentId))
      if (document === null) throw noDocument()
      return document
    },

    async list(by: UserId, workspaceId: WorkspaceId): Promise<Document[]> {
      const member = await requireRole(storage.read, by, workspaceId)
      const rows = await listFor(storage.read, by, workspaceId, member)
      return rows.flatMap((row) => toDocument(row) ?? [])
    },

    /** What the person put, or could have put, into the trash: without what lies below and comes back with it. */
    async trash(by: UserId, workspaceId: WorkspaceId): Promise<RemovedDocument[]> {
      const member = await requireRole(storage.read, by, workspaceId)
      const rows = await listRemovedFor(storage.read, by, workspaceId, member)
      const removed = new Map(rows.map(({ id, removedAt }) => [id, removedAt]))
      return rows.flatMap((row) => {
        const document = toDocument(row)
        const withParent = row.parentId !== null && removed.get(row.parentId) === row.removedAt
        if (document === null || row.removedAt === null || withParent || !mayEdit(document.role)) return []
        return [{ ...document, removedAt: row.removedAt }]
      })
    },

    /**
     * Writes the title into the text, as the person who asks. The text knows the command that has edited it, also when
     * the process ends before the answer is kept [EVENT-4].
     */
    rename: (by: Actor, documentId: DocumentId, title: string): Promise<{ seq: number }> =>
      commit.unlessDone(by, async () => {
        const found = await requireDocument(storage.read, by.userId, documentId, mayEdit)
        checkText(found.setAside)
        await texts().edit(documentId, by, (text) => setTitle(text, title))
        const seq =
          (await projection.project(documentId, by.userId)) ?? (await readHead(storage.read, found.workspaceId))
        return commit(by, found.workspaceId, async () => ({ seq }))
      }),

    async export(by: UserId, documentId: DocumentId): Promise<{ title: string; markdown: string }> {
      const found = await requireDocument(storage.read, by, documentId)
      checkText(found.setAside)
      return markdown.finish(by, await texts().read(documentId, markdown.look))
    },

    async workspaceOf(documentId: DocumentId): Promise<WorkspaceId | null> {
      return (await readPlace(storage.read, documentId))?.workspaceId ?? null
    },

    async forgetMember(tx: Writer, userId: UserId, workspaceId: WorkspaceId): Promise<void> {
      await deleteGrantsOf(tx, userId, workspaceId)
      await deleteStarsOf(tx, userId, workspaceId)
      await deleteRequestsOf(tx, userId, workspaceId)
    },
  }
}
