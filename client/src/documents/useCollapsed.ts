import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useCallback, useState } from 'react'
import { z } from 'zod'
import { readStoredJson, writeStored } from '../kit/index.ts'

/** Of the keys under which this device remembers closed branches. */
export const collapsedPrefix = 'weft-collapsed-'

/** Which branches of the tree are closed; remembered on this device. */
export function useCollapsed(workspaceId: WorkspaceId): {
  collapsed: ReadonlySet<string>
  setCollapsed(id: DocumentId, collapsed: boolean): void
} {
  const key = collapsedPrefix + workspaceId
  const [collapsed, setAll] = useState<ReadonlySet<string>>(
    () => new Set(z.array(z.string()).safeParse(readStoredJson(key)).data ?? []),
  )
  const setCollapsed = useCallback(
    (id: DocumentId, closed: boolean) =>
      setAll((before) => {
        const next = new Set(before)
        if (closed) next.add(id)
        else next.delete(id)
        writeStored(key, JSON.stringify([...next]))
        return next
      }),
    [key],
  )
  return { collapsed, setCollapsed }
}
