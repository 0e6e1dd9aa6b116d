import { type Document, duplicateLimit, mayManage } from '@weft/shared/documents'
import { DocumentId, randomId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import type { Reader, Writer } from '../storage/index.ts'
import { type Actor, requireRole } from '../workspaces/index.ts'
import { writeGrants } from './accessStore.ts'
import { madeBefore, requireParent } from './creation.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { writeFirstTexts } from './firstRows.ts'
import type { FirstText } from './firstText.ts'
import { type Found, findAll, findFor } from './found.ts'
import type { MarkdownWork } from './markdownWork.ts'
import { noDocument, notMovable, requireDocument, toDocument } from './policy.ts'
import { copyFiles, insertDocuments, type NewDocument, readSubtree } from './store.ts'
import { checkLine, positionIn, siblingFor } from './tree.ts'

export interface DuplicateRequest {
  documentId: DocumentId
  id?: DocumentId | undefined
  title?: string | undefined
  parentId: DocumentId | null
  afterId?: DocumentId | null | undefined
  withBelow: boolean
}

/** A document with its copy; those above come before those below. */
interface Pair {
  original: Found
  id: DocumentId
  text: FirstText
}

const tooMuch = (): WeftError =>
  new WeftError('too-large', 'This is too much to duplicate at once: do it in several parts.')

export function createDuplication(
  { storage, clock, commit, texts, documentBytes }: DocumentsDependencies,
  markdown: Pick<MarkdownWork, 'look' | 'copy'>,
) {
  /** The document, and what lies below it in the tree as far as the person may see it: a hidden one hides what is below. */
  async function originals(db: Reader, by: Actor, request: DuplicateRequest): Promise<Found[]> {
    const root = await requireDocument(db, by.userId, request.documentId)
    if (!request.withBelow) return [root]
    const line = await readSubtree(db, root.id, null)
    const found = await findAll(
      db,
      by.userId,
      line.map(({ id }) => id),
    )
    const seen = new Map<DocumentId, Found>([[root.id, root]])
    for (const { id } of line) {
      const one = found.get(id)
      if (one === undefined || one.role === null || one.archivedAt !== root.archivedAt || one.parentId === null)
        continue
      if (id !== root.id && seen.has(one.parentId)) seen.set(id, one)
      if (seen.size > duplicateLimit) throw tooMuch()
    }
    return [...seen.values()]
  }

  async function copies(by: Actor, request: DuplicateRequest): Promise<Pair[]> {
    const pairs: Pair[] = []
    let bytes = 0
    for (const original of await originals(storage.read, by, request)) {
      const isRoot = pairs.length === 0
      const state = await texts().read(original.id, markdown.look)
      const title = isRoot ? (request.title ?? null) : null
      const text = await markdown.copy(by.userId, { kind: original.kind, state, title })
      bytes += text.written?.update.length ?? 0
      // All of it is one transaction, for which everybody waits.
      if (bytes > documentBytes) throw tooMuch()
      pairs.push({ original, id: (isRoot ? request.id : undefined) ?? DocumentId.parse(randomId()), text })
    }
    return pairs
  }

  /** The rows of the copies. What only some may open is copied for the one who copies alone: never for more people. */
  function rowsOf(by: Actor, workspaceId: WorkspaceId, pairs: readonly Pair[], root: NewDocument): NewDocument[] {
    const made = new Map<DocumentId, NewDocument>()
    for (const { original, id, text } of pairs) {
      const parent = original.parentId === null ? undefined : made.get(original.parentId)
      const row =
        made.size === 0 || parent === undefined ? root : { ...root, parentId: parent.id, position: original.position }
      const { kind, icon, restricted } = original
      made.set(original.id, {
        ...row,
        id,
        workspaceId,
        kind,
        icon,
        restricted,
        title: text.written?.title ?? '',
        createdBy: by.userId,
        audienceId: restricted ? id : (parent ?? root).audienceId,
      })
    }
    return [...made.values()]
  }

  async function write(tx: Writer, by: Actor, pairs: readonly Pair[], rows: readonly NewDocument[]): Promise<void> {
    const at = clock.now()
    await insertDocuments(tx, rows)
    await writeFirstTexts(
      tx,
      pairs.map(({ id, text }) => ({ documentId: id, text })),
      { userId: by.userId, at },
    )
    await copyFiles(tx, new Map(pairs.map(({ original, id }) => [original.id, id])))
    // As for a new document: who makes it may share it, but not in a narrower place of somebody else.
    const own = rows.filter(({ restricted, audienceId }, index) => restricted || (index === 0 && audienceId === null))
    await writeGrants(
      tx,
      own.map(({ id }) => ({ documentId: id, userId: by.userId, role: 'manage' })),
    )
  }

  async function make(by: Actor, request: DuplicateRequest): Promise<{ id: DocumentId }> {
    const { documentId, parentId } = request
    const { workspaceId } = await requireDocument(storage.read, by.userId, documentId)
    await requireRole(storage.read, by.userId, workspaceId, mayCreateDocuments)
    const pairs = await copies(by, request)
    const [first] = pairs
    if (first === undefined) throw noDocument()
    return commit(by, workspaceId, async (tx, say) => {
      await requireRole(tx, by.userId, workspaceId, mayCreateDocuments)
      const original = await requireDocument(tx, by.userId, documentId)
      if (await madeBefore(tx, by, first.id, workspaceId)) return { id: first.id }
      const parent = parentId === null ? null : await requireParent(tx, by, workspaceId, parentId)
      if (parent !== null) await checkLine(tx, null, parent.id)
      const audienceId = parent?.audienceId ?? null
      const leaves = original.audienceId !== null && original.audienceId !== audienceId && !original.restricted
      if (leaves && !mayManage(original.role)) throw notMovable()
      const behind = await siblingFor(tx, by.userId, request.afterId)
      const position = await positionIn(tx, workspaceId, parentId, behind)
      const root = {
        ...original,
        id: first.id,
        parentId,
        position,
        audienceId,
        createdBy: by.userId,
        createdAt: clock.now(),
      }
      await write(tx, by, pairs, rowsOf(by, workspaceId, pairs, root))
      const parents = new Map(pairs.map((pair) => [pair.original.id, pair.id]))
      for (const pair of pairs) {
        const above = pair === first ? parentId : (parents.get(pair.original.parentId ?? documentId) ?? null)
        await say({ type: 'document.created', documentId: pair.id, parentId: above })
      }
      return { id: first.id }
    })
  }

  /** Makes a document with the text that another one has now; one transaction, also with all that lies below. */
  return async function duplicate(by: Actor, request: DuplicateRequest): Promise<Document> {
    const { id } = await commit.unlessDone(by, () => make(by, request))
    const found = await findFor(storage.read, by.userId, id)
    const document = found ? toDocument(found) : null
    if (document === null) throw noDocument()
    return document
  }
}
