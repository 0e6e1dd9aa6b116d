import type { Document, RemovedDocument } from '@weft/shared/documents'
import { type DocumentId, type UserId, unreachable, type WorkspaceId } from '@weft/shared/kit'
import type { OutboxRow } from '../live/index.ts'
import { positionBetween } from './position.ts'
import { inOrder, withDescendants } from './tree.ts'

export interface Lists {
  documents: readonly Document[]
  trash: readonly RemovedDocument[]
}

/**
 * The lists as they were last seen with what this device has done since: commands that wait, and those that these lists
 * do not show yet. Refused ones are left out: that is how they are rolled back. Laying one over a list that shows it
 * already changes nothing.
 */
export function withCommands(
  lists: Lists,
  rows: readonly OutboxRow[],
  here: { workspaceId: WorkspaceId; userId: UserId },
): Lists {
  const own = rows.filter(({ state, workspaceId }) => state !== 'refused' && workspaceId === here.workspaceId)
  if (own.length === 0) return lists
  const overlay = new Overlay(lists)
  for (const row of own) overlay.apply(row, here.userId)
  return overlay.lists
}

type InputOf<Name extends OutboxRow['call']['name']> = Extract<OutboxRow['call'], { name: Name }>['input']

/** What a command that makes a document says of it. */
type Made = Pick<Document, 'title' | 'createdBy' | 'createdAt' | 'updatedAt'>

class Overlay {
  readonly #documents: Map<DocumentId, Document>
  readonly #trash: Map<DocumentId, RemovedDocument>
  /** What went into the trash with each. */
  readonly #removed = new Map<DocumentId, Document[]>()

  constructor({ documents, trash }: Lists) {
    this.#documents = new Map(documents.map((document) => [document.id, document]))
    this.#trash = new Map(trash.map((document) => [document.id, document]))
  }

  get lists(): Lists {
    return { documents: [...this.#documents.values()], trash: [...this.#trash.values()] }
  }

  apply({ call, title, at }: OutboxRow, userId: UserId): void {
    switch (call.name) {
      case 'documents.create':
        this.#create(call.input, { title, createdBy: userId, createdAt: at, updatedAt: at })
        break
      case 'documents.move': {
        const { documentId, parentId, afterId } = call.input
        const position = this.#positionIn(documentId, parentId, afterId)
        this.#change(documentId, { parentId, position, narrower: this.#narrower(documentId, parentId) })
        break
      }
      case 'documents.rename':
        this.#change(call.input.documentId, { title: call.input.title })
        break
      case 'documents.remove':
        this.#remove(call.input.documentId, at)
        break
      case 'documents.restore':
        this.#restore(call.input.documentId)
        break
      case 'documents.archive':
        this.#archive(call.input.documentId, at)
        break
      case 'documents.unarchive':
        this.#unarchive(call.input.documentId)
        break
      case 'documents.setIcon':
        this.#change(call.input.documentId, { icon: call.input.icon })
        break
      case 'documents.setStar':
        this.#change(call.input.documentId, { starredAt: call.input.starred ? at : null })
        break
      case 'documents.setTemplate':
        this.#change(call.input.documentId, { template: call.input.template })
        break
      case 'documents.duplicate':
        this.#duplicate(call.input, { title, createdBy: userId, createdAt: at, updatedAt: at })
        break
      case 'notifications.mark':
      case 'notifications.markAll':
      case 'notifications.archive':
      case 'notifications.snooze':
      case 'notifications.open':
      case 'files.add':
      case 'files.attach':
        break
      default:
        unreachable(call)
    }
  }

  #create({ id, workspaceId, parentId, afterId, kind }: InputOf<'documents.create'>, made: Made): void {
    if (this.#documents.has(id) || this.#trash.has(id)) return
    const position = this.#positionIn(id, parentId, afterId)
    const parent = parentId === null ? undefined : this.#documents.get(parentId)
    // In a narrower place one has what that place gives.
    const access = parent?.narrower
      ? { role: parent.role, narrower: true }
      : { role: 'manage' as const, narrower: false }
    const marks = { icon: null, template: false, archivedAt: null, starredAt: null, restricted: false }
    this.#documents.set(id, { id, workspaceId, parentId, position, kind, ...marks, ...access, ...made })
  }

  /** What lies below is copied by the server, under ids that nobody knows yet. */
  #duplicate({ documentId, id, parentId, afterId }: InputOf<'documents.duplicate'>, made: Made): void {
    const original = this.#documents.get(documentId)
    if (original === undefined) return
    const { workspaceId, kind, icon, restricted } = original
    this.#create({ id, workspaceId, parentId, afterId, kind, title: made.title }, made)
    this.#change(id, { icon, ...(restricted ? { restricted, narrower: true, role: 'manage' } : {}) })
  }

  /** Those that are archived already keep their time, as on the server. */
  #archive(id: DocumentId, archivedAt: number): void {
    if ((this.#documents.get(id)?.archivedAt ?? null) !== null) return
    for (const one of withDescendants([...this.#documents.values()], id)) {
      if (this.#documents.get(one)?.archivedAt === null) this.#change(one, { archivedAt })
    }
  }

  #unarchive(id: DocumentId): void {
    const at = this.#documents.get(id)?.archivedAt ?? null
    if (at === null) return
    for (const one of withDescendants([...this.#documents.values()], id)) {
      if (this.#documents.get(one)?.archivedAt === at) this.#change(one, { archivedAt: null })
    }
  }

  #change(id: DocumentId, change: Partial<Document>): void {
    const document = this.#documents.get(id)
    if (document !== undefined) this.#documents.set(id, { ...document, ...change })
  }

  #remove(id: DocumentId, removedAt: number): void {
    const document = this.#documents.get(id)
    if (document === undefined) return
    const gone = withDescendants([...this.#documents.values()], id)
    this.#removed.set(
      id,
      [...gone].flatMap((one) => this.#documents.get(one) ?? []),
    )
    for (const one of gone) this.#documents.delete(one)
    this.#trash.set(id, { ...document, removedAt })
  }

  #restore(id: DocumentId): void {
    const inTrash = this.#trash.get(id)
    this.#trash.delete(id)
    if (inTrash === undefined) return
    const { removedAt: _removedAt, ...document } = inTrash
    for (const back of this.#removed.get(id) ?? [document]) this.#documents.set(back.id, back)
  }

  #narrower(id: DocumentId, parentId: DocumentId | null): boolean {
    const above = parentId !== null && this.#documents.get(parentId)?.narrower === true
    return above || this.#documents.get(id)?.restricted === true
  }

  #positionIn(id: DocumentId, parentId: DocumentId | null, afterId: DocumentId | null | undefined): string {
    const siblings = [...this.#documents.values()]
      .filter((document) => document.parentId === parentId && document.id !== id)
      .toSorted(inOrder)
    const found = siblings.findIndex((document) => document.id === afterId)
    const at = afterId === null ? 0 : found < 0 ? siblings.length : found + 1
    return positionBetween(siblings[at - 1]?.position ?? null, siblings[at]?.position ?? null)
  }
}
