import type { Document } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import type { NewCommand, OutboxRow } from '../live/index.ts'
import type { Lists } from './overlay.ts'
import { ancestorsOf, type Place, withDescendants } from './tree.ts'

/** A command but for its id and for the text that it waits for. */
export type DocumentCommand = Omit<NewCommand, 'commandId' | 'awaits'>

const named = (...ids: (DocumentId | null | undefined)[]): DocumentId[] =>
  ids.filter((id) => id !== null && id !== undefined)

/** A document and all that stands above it: who moves one of them changes where this one is. */
const lineOf = ({ documents }: Lists, id: DocumentId | null): DocumentId[] =>
  id === null ? [] : [...ancestorsOf(documents, id).map((document) => document.id), id]

export const createCommand = (
  lists: Lists,
  { workspaceId, id, parentId }: { workspaceId: WorkspaceId; id: DocumentId; parentId: DocumentId | null },
): DocumentCommand => ({
  call: { name: 'documents.create', input: { workspaceId, id, parentId, title: '', kind: 'rich' } },
  workspaceId,
  title: '',
  writes: [id],
  reads: lineOf(lists, parentId),
})

export const moveCommand = (
  lists: Lists,
  { id: documentId, workspaceId, title, parentId: from }: Document,
  { parentId, afterId }: Place,
): DocumentCommand => ({
  call: { name: 'documents.move', input: { documentId, parentId, afterId } },
  workspaceId,
  title,
  writes: [documentId],
  // What it leaves may go to the trash after it, and must not take it along.
  reads: named(...lineOf(lists, parentId), afterId, from),
})

export const renameCommand = (
  { id: documentId, workspaceId, title: before }: Document,
  title: string,
): DocumentCommand => ({
  call: { name: 'documents.rename', input: { documentId, title } },
  workspaceId,
  title: before,
  writes: [documentId],
  reads: [],
})

export const removeCommand = (
  { documents }: Lists,
  { id: documentId, workspaceId, title }: Document,
): DocumentCommand => ({
  call: { name: 'documents.remove', input: { documentId } },
  workspaceId,
  title,
  writes: [...withDescendants(documents, documentId)],
  reads: [],
})

/** `rows`: what waits; what went into the trash from here comes back with it. */
export function restoreCommand(
  rows: readonly OutboxRow[],
  { id: documentId, workspaceId, title, parentId }: Document,
): DocumentCommand {
  const removal = rows.findLast(
    ({ call, state }) =>
      call.name === 'documents.remove' && call.input.documentId === documentId && state !== 'refused',
  )
  return {
    call: { name: 'documents.restore', input: { documentId } },
    workspaceId,
    title,
    writes: removal?.writes ?? [documentId],
    reads: named(parentId),
  }
}

/** A command that changes one document where it stands. */
const onOne = ({ id, workspaceId, title }: Document, call: DocumentCommand['call']): DocumentCommand => ({
  call,
  workspaceId,
  title,
  writes: [id],
  reads: [],
})

export const iconCommand = (document: Document, icon: string | null): DocumentCommand =>
  onOne(document, { name: 'documents.setIcon', input: { documentId: document.id, icon } })

export const starCommand = (document: Document, starred: boolean): DocumentCommand =>
  onOne(document, { name: 'documents.setStar', input: { documentId: document.id, starred } })

export const templateCommand = (document: Document, template: boolean): DocumentCommand =>
  onOne(document, { name: 'documents.setTemplate', input: { documentId: document.id, template } })

export const archiveCommand = ({ documents }: Lists, document: Document, archived: boolean): DocumentCommand => ({
  ...onOne(document, {
    name: archived ? 'documents.archive' : 'documents.unarchive',
    input: { documentId: document.id },
  }),
  writes: [...withDescendants(documents, document.id)],
  reads: named(document.parentId),
})

/** `title` is that of the copy. */
export const duplicateCommand = (
  lists: Lists,
  { id: documentId, workspaceId }: Document,
  copy: { id: DocumentId; title: string; withBelow: boolean } & Place,
): DocumentCommand => ({
  call: { name: 'documents.duplicate', input: { documentId, ...copy } },
  workspaceId,
  title: copy.title,
  writes: [copy.id],
  reads: [
    ...(copy.withBelow ? withDescendants(lists.documents, documentId) : [documentId]),
    ...lineOf(lists, copy.parentId),
  ],
})
