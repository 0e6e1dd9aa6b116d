import type { Editor } from '@tiptap/core'
import type { DocumentId } from '@weft/shared/kit'
import { useSyncExternalStore } from 'react'

let open: { documentId: DocumentId; body: Editor } | null = null
const listeners = new Set<() => void>()

/** The text that the page shows, for what stands beside it; null when it goes. */
export function setOpenEditor(documentId: DocumentId, body: Editor | null): void {
  if (body === null && open?.documentId !== documentId) return
  open = body && { documentId, body }
  for (const listener of [...listeners]) listener()
}

/** The text of a document while the page shows it. */
export function useOpenEditor(documentId: DocumentId): Editor | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => (open?.documentId === documentId && !open.body.isDestroyed ? open.body : null),
  )
}
