import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useSyncExternalStore } from 'react'

/** A window about one document, whichever menu has asked for it. */
export interface DocumentDialogShown {
  name: 'icon'
  workspaceId: WorkspaceId
  documentId: DocumentId
}

const listeners = new Set<() => void>()
let shown: DocumentDialogShown | null = null

/** Shows a window, or closes the one that is open. A menu goes when it is left: its window must not go with it. */
export function showDocumentDialog(next: DocumentDialogShown | null): void {
  shown = next
  for (const listener of [...listeners]) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useDocumentDialog = (): DocumentDialogShown | null => useSyncExternalStore(subscribe, () => shown)
