import { z } from 'zod'
import { DocumentId, FileId } from '../kit/index.ts'

/** What happens to files. */
export const fileFacts = [
  /** A picture has arrived, or one of another document is shown in this one too. */
  z.object({ type: z.literal('document.file-added'), documentId: DocumentId, fileId: FileId }),
] as const
