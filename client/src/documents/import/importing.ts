import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useSyncExternalStore } from 'react'
import type { LeftOut } from './unpack.ts'

/** What an import is doing, or has done. */
export interface Importing {
  workspaceId: WorkspaceId
  state: 'reading' | 'making' | 'done' | 'cancelled'
  made: number
  /** 0 while it is read. */
  documents: number
  pictures: number
  leftOut: readonly LeftOut[]
  /** Where to go when it is over; null: nothing was made. */
  first: DocumentId | null
  cancel(): void
}

const listeners = new Set<() => void>()
let current: Importing | null = null

/** Shows what an import does; null: nobody looks any more. */
export function showImporting(importing: Importing | null): void {
  current = importing
  for (const listener of [...listeners]) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useImporting = (): Importing | null => useSyncExternalStore(subscribe, () => current)
export const isImporting = (): boolean => current?.state === 'reading' || current?.state === 'making'
