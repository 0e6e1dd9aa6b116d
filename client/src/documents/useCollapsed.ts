import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { useCallback, useState } from 'react'
import { z } from 'zod'
import { readStoredJson, writeStored } from '../kit/index.ts'

/** Which branches of the tree are closed; remembered on this device. */
export function useCollapsed(workspaceId: WorkspaceId): {
  collapsed: ReadonlySet<string>
  setCollapsed(id: DocumentId, collapsed: boolean): void
} {
  const key = `weft-collapsed-${workspaceId}`
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
