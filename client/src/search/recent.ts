import { DocumentId, type UserId, type WorkspaceId } from '@weft/shared/kit'
import { useEffect } from 'react'
import { useDocuments } from '../documents/index.ts'
import { readStoredJson, writeStored } from '../kit/index.ts'

export const recentPrefix = 'weft-recent-'
const keyOf = (userId: UserId, workspaceId: WorkspaceId): string => `${recentPrefix}${userId}-${workspaceId}`

/** More than the palette shows: some of them are gone by the time that they are looked for. */
const kept = 20

/** What this person has opened here on this device, the last one first. */
export function recentDocuments(userId: UserId, workspaceId: WorkspaceId): DocumentId[] {
  const stored = readStoredJson(keyOf(userId, workspaceId))
  return Array.isArray(stored) ? stored.flatMap((id) => DocumentId.safeParse(id).data ?? []) : []
}

/** Remembers on this device which documents were opened; an address alone is none. */
export function useNoteOpened(userId: UserId, workspaceId: WorkspaceId, documentId: DocumentId | null): void {
  const { data: documents } = useDocuments(workspaceId)
  const isListed = documents?.some(({ id }) => id === documentId) ?? false
  useEffect(() => {
    if (documentId === null || !isListed) return
    const others = recentDocuments(userId, workspaceId).filter((id) => id !== documentId)
    writeStored(keyOf(userId, workspaceId), JSON.stringify([documentId, ...others].slice(0, kept)))
  }, [userId, workspaceId, documentId, isListed])
}
