import {
  CreateDocument,
  DuplicateDocument,
  MoveDocument,
  OnDocument,
  RenameDocument,
  SetIcon,
  SetStar,
  SetTemplate,
} from '@weft/shared/documents'
import { AttachFile, filesContract } from '@weft/shared/files'
import { DocumentId, unreachable } from '@weft/shared/kit'
import {
  ArchiveNotifications,
  MarkAllNotifications,
  MarkNotifications,
  notificationsContract,
  OpenNotification,
  SnoozeNotification,
} from '@weft/shared/notifications'
import { z } from 'zod'
import { api, type CallContext, clientOf } from '../../kit/api.ts'

const inbox = clientOf({ notifications: notificationsContract }).notifications
const files = clientOf({ files: filesContract }).files

/** The commands that may wait on a device. A room that adds one adds it here and in `sendCall`. */
export const OutboxCall = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('documents.create'),
    input: CreateDocument.omit({ markdown: true }).extend({ id: DocumentId }),
  }),
  z.object({ name: z.literal('documents.move'), input: MoveDocument }),
  z.object({ name: z.literal('documents.rename'), input: RenameDocument }),
  z.object({ name: z.literal('documents.remove'), input: OnDocument }),
  z.object({ name: z.literal('documents.restore'), input: OnDocument }),
  z.object({ name: z.literal('documents.archive'), input: OnDocument }),
  z.object({ name: z.literal('documents.unarchive'), input: OnDocument }),
  z.object({ name: z.literal('documents.setIcon'), input: SetIcon }),
  z.object({ name: z.literal('documents.setStar'), input: SetStar }),
  z.object({ name: z.literal('documents.setTemplate'), input: SetTemplate }),
  z.object({ name: z.literal('documents.duplicate'), input: DuplicateDocument.extend({ id: DocumentId }) }),
  z.object({ name: z.literal('notifications.mark'), input: MarkNotifications }),
  z.object({ name: z.literal('notifications.markAll'), input: MarkAllNotifications }),
  z.object({ name: z.literal('notifications.archive'), input: ArchiveNotifications }),
  z.object({ name: z.literal('notifications.snooze'), input: SnoozeNotification }),
  z.object({ name: z.literal('notifications.open'), input: OpenNotification }),
  /** Its bytes lie in the device's `FileStore`, which sends it. */
  z.object({ name: z.literal('files.add'), input: AttachFile.extend({ name: z.string() }) }),
  z.object({ name: z.literal('files.attach'), input: AttachFile }),
])
export type OutboxCall = z.infer<typeof OutboxCall>

/** The document that a command makes; null: it makes none. */
export const madeBy = (call: OutboxCall): DocumentId | null =>
  call.name === 'documents.create' || call.name === 'documents.duplicate' ? call.input.id : null

/** Among the children of one parent the order in which they are put there decides; null: it puts nothing anywhere. */
export function placeOf({ name, input }: OutboxCall): string | null {
  if (name !== 'documents.create' && name !== 'documents.move' && name !== 'documents.duplicate') return null
  return input.parentId ?? 'top'
}

export type FileCall = Extract<OutboxCall, { name: 'files.add' }>

/** Sends a command; rejects as `api` does. */
export function sendCall(call: Exclude<OutboxCall, FileCall>, context: CallContext): Promise<unknown> {
  switch (call.name) {
    case 'documents.create':
      return api.documents.create(call.input, { context })
    case 'documents.move':
      return api.documents.move(call.input, { context })
    case 'documents.rename':
      return api.documents.rename(call.input, { context })
    case 'documents.remove':
      return api.documents.remove(call.input, { context })
    case 'documents.restore':
      return api.documents.restore(call.input, { context })
    case 'documents.archive':
      return api.documents.archive(call.input, { context })
    case 'documents.unarchive':
      return api.documents.unarchive(call.input, { context })
    case 'documents.setIcon':
      return api.documents.setIcon(call.input, { context })
    case 'documents.setStar':
      return api.documents.setStar(call.input, { context })
    case 'documents.setTemplate':
      return api.documents.setTemplate(call.input, { context })
    case 'documents.duplicate':
      return api.documents.duplicate(call.input, { context })
    case 'notifications.mark':
      return inbox.mark(call.input, { context })
    case 'notifications.markAll':
      return inbox.markAll(call.input, { context })
    case 'notifications.archive':
      return inbox.archive(call.input, { context })
    case 'notifications.snooze':
      return inbox.snooze(call.input, { context })
    case 'notifications.open':
      return inbox.open(call.input, { context })
    case 'files.attach':
      return files.attach(call.input, { context })
    default:
      return unreachable(call)
  }
}
