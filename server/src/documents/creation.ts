import { type Document, type DocumentKind, mayEdit } from '@weft/shared/documents'
import { DocumentId, randomId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import type { Writer } from '../storage/index.ts'
import { type Actor, requireRole } from '../workspaces/index.ts'
import { writeGrant } from './accessStore.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { writeFirstTexts } from './firstRows.ts'
import { type Found, findFor } from './found.ts'
import type { MarkdownWork } from './markdownWork.ts'
import { noDocument, requireDocument, toDocument } from './policy.ts'
import { insertDocuments, isPurged, readPlace } from './store.ts'
import { checkLine, positionIn, siblingFor } from './tree.ts'

export interface CreateRequest {
  workspaceId: WorkspaceId
  id?: DocumentId | undefined
  title: string
  parentId: DocumentId | null
  afterId?: DocumentId | null | undefined
  kind: DocumentKind
  markdown?: string | undefined
}

/** The parent, if the person may put something below it: in this workspace, in place, and theirs to edit. */
export async function requireParent(
  tx: Writer,
  by: Actor,
  workspaceId: WorkspaceId,
  parentId: DocumentId,
): Promise<Found> {
  const parent = await requireDocument(tx, by.userId, parentId, mayEdit)
  if (parent.workspaceId !== workspaceId) throw noDocument()
  return parent
}

/** [EVENT-4] A create that is repeated without a command id finds its own document; whoever else gets a conflict. */
export async function madeBefore(tx: Writer, by: Actor, id: DocumentId, workspaceId: WorkspaceId): Promise<boolean> {
  if ((await readPlace(tx, id)) === undefined && !(await isPurged(tx, id))) return false
  const found = await findFor(tx, by.userId, id)
  const same = found?.createdBy === by.userId && found.workspaceId === workspaceId
  if (same && found.removedAt === null) return true
  throw new WeftError('conflict', 'This id is taken: make a new one.')
}

export function createCreation(
  { storage, clock, commit, documentBytes }: DocumentsDependencies,
  markdown: Pick<MarkdownWork, 'firstText'>,
) {
  /** [EVENT-4] A create that is repeated without a command id finds its own document; whoever else gets a conflict. */
  async function make(by: Actor, request: CreateRequest): Promise<{ id: DocumentId }> {
    const { workspaceId, parentId, kind } = request
    await requireRole(storage.read, by.userId, workspaceId, mayCreateDocuments)
    const byServer = request.markdown !== undefined || request.id === undefined
    const wanted = { kind, title: request.title, markdown: request.markdown, byServer }
    const text = await markdown.firstText(by.userId, wanted)
    if ((text.written?.update.length ?? 0) > documentBytes) {
      throw new WeftError('too-large', 'This text is larger than a document may be: split it.')
    }
    const id = request.id ?? DocumentId.parse(randomId())
    return commit(by, workspaceId, async (tx, say) => {
      await requireRole(tx, by.userId, workspaceId, mayCreateDocuments)
      if (await madeBefore(tx, by, id, workspaceId)) return { id }
      const parent = parentId === null ? null : await requireParent(tx, by, workspaceId, parentId)
      if (parent !== null) await checkLine(tx, null, parent.id)
      const audienceId = parent?.audienceId ?? null
      const behind = await siblingFor(tx, by.userId, request.afterId)
      const position = await positionIn(tx, workspaceId, parentId, behind)
      const at = clock.now()
      const title = text.written?.title ?? request.title
      const row = { id, workspaceId, parentId, position, title, kind, createdBy: by.userId, createdAt: at, audienceId }
      await insertDocuments(tx, [row])
      await writeFirstTexts(tx, [{ documentId: id, text }], { userId: by.userId, at })
      // Whoever makes a document may share it. Not in a narrower place, which is for those who manage that one to open,
      // and where taking somebody off the list should take all of it from them.
      if (audienceId === null) await writeGrant(tx, id, { userId: by.userId, role: 'manage' })
      await say({ type: 'document.created', documentId: id, parentId })
      return { id }
    })
  }

  /** Makes a document with its first text. The title is written by the server unless the client made the id. */
  return async function create(by: Actor, request: CreateRequest): Promise<Document> {
    const { id } = await commit.unlessDone(by, () => make(by, request))
    const found = await findFor(storage.read, by.userId, id)
    const document = found ? toDocument(found) : null
    if (document === null) throw noDocument()
    return document
  }
}
