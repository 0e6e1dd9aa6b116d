import { CommandId, type DocumentId, NotificationId, randomId, WorkspaceId } from '@weft/shared/kit'
import type { NewCommand, OutboxRow } from '../outbox/OutboxRow.ts'
import { someDocument } from './people.ts'

const workspaceId = WorkspaceId.parse('workspaceOfTests00000')

const command = (rest: Pick<NewCommand, 'call' | 'writes'> & Partial<NewCommand>): NewCommand => ({
  commandId: CommandId.parse(randomId()),
  workspaceId,
  title: 'Some document',
  reads: [],
  awaits: [],
  ...rest,
})

export const create = (id: DocumentId = someDocument(), parentId: DocumentId | null = null): NewCommand =>
  command({
    call: { name: 'documents.create', input: { workspaceId, id, parentId, title: '', kind: 'rich' } },
    writes: [id],
    reads: parentId === null ? [] : [parentId],
  })

export const rename = (documentId: DocumentId, title = 'New'): NewCommand =>
  command({ call: { name: 'documents.rename', input: { documentId, title } }, writes: [documentId] })

export const move = (documentId: DocumentId, parentId: DocumentId | null): NewCommand =>
  command({
    call: { name: 'documents.move', input: { documentId, parentId } },
    writes: [documentId],
    reads: parentId === null ? [] : [parentId],
  })

export const remove = (documentId: DocumentId, awaits: DocumentId[] = []): NewCommand =>
  command({ call: { name: 'documents.remove', input: { documentId } }, writes: [documentId], awaits })

export const mark = (read: boolean, id = NotificationId.parse(randomId())): NewCommand =>
  command({
    call: { name: 'notifications.mark', input: { ids: [id], read } },
    workspaceId: null,
    title: '',
    writes: ['inbox'],
  })

/** As they are kept, in their order, waiting. */
export const kept = (...commands: NewCommand[]): OutboxRow[] =>
  commands.map((one, order) => ({ ...one, order, at: 0, state: 'waiting' }))
