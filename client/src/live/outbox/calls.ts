import { CreateDocument, MoveDocument, OnDocument, RenameDocument } from '@weft/shared/documents'
import { DocumentId, unreachable } from '@weft/shared/kit'
import { z } from 'zod'
import { api, type CallContext } from '../../kit/api.ts'

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
])
export type OutboxCall = z.infer<typeof OutboxCall>

/** The document that a command makes or changes. */
export const subjectOf = ({ name, input }: OutboxCall): DocumentId =>
  name === 'documents.create' ? input.id : input.documentId

/** The document that a command makes; null: it makes none. */
export const madeBy = (call: OutboxCall): DocumentId | null => (call.name === 'documents.create' ? call.input.id : null)

/** Among the children of one parent the order in which they are put there decides; null: it puts nothing anywhere. */
export function placeOf({ name, input }: OutboxCall): string | null {
  if (name !== 'documents.create' && name !== 'documents.move') return null
  return input.parentId ?? 'top'
}

/** Sends a command; rejects as `api` does. */
export function sendCall(call: OutboxCall, context: CallContext): Promise<unknown> {
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
    default:
      return unreachable(call)
  }
}
