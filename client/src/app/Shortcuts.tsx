import type { WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { useEffect, useRef, useState } from 'react'
import { useCreateDocument } from '../documents/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { isForPage, isModKey, isPlainKey } from './keys.ts'

/** Whoever types on while the new page opens wants one document, not one for each `n`; ms. */
const oneByOne = 1_500

/** The keys of the frame. Single letters only outside of text. */
export function Shortcuts({ workspaceId, toggleSidebar }: { workspaceId: WorkspaceId; toggleSidebar(): void }) {
  const create = useCreateDocument(workspaceId)
  const { data: workspace } = useWorkspace(workspaceId)
  const mayCreate = workspace !== undefined && mayCreateDocuments(workspace.role)
  const [listed, setListed] = useState(false)
  const createdAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isModKey(event, '.')) {
        event.preventDefault()
        toggleSidebar()
      } else if (!isForPage(event) || event.repeat) return
      else if (isPlainKey(event, '?')) {
        event.preventDefault()
        setListed(true)
      } else if (isPlainKey(event, 'n') && mayCreate) {
        event.preventDefault()
        if (event.timeStamp - createdAt.current < oneByOne) return
        createdAt.current = event.timeStamp
        create()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [create, mayCreate, toggleSidebar])
  return <KeysDialog open={listed} onOpenChange={setListed} />
}
