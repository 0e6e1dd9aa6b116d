import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { useEffect, useRef, useState } from 'react'
import { useCreateDocument } from '../documents/index.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { isForPage, isModKey, isPlainKey } from './keys.ts'
import { PaletteHost } from './PaletteHost.tsx'

/** Whoever types on while the new page opens wants one document, not one for each `n`; ms. */
const oneByOne = 1_500

interface ShortcutsProps {
  workspaceId: WorkspaceId
  documentId: DocumentId | null
  palette: boolean
  setPalette(open: boolean): void
  toggleSidebar(): void
  onSignOut(): void
}

/** The keys of the frame, and what they open. Single letters only outside of text. */
export function Shortcuts(props: ShortcutsProps) {
  const { workspaceId, palette, setPalette, toggleSidebar } = props
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
      } else if (isModKey(event, 'k') && !event.shiftKey) {
        // On selected text it means a link, and has been dealt with.
        if (event.defaultPrevented) return
        event.preventDefault()
        setPalette(true)
      } else if (palette || !isForPage(event) || event.repeat) return
      else if (isPlainKey(event, '?')) {
        event.preventDefault()
        setListed(true)
      } else if (isPlainKey(event, '/')) {
        event.preventDefault()
        setPalette(true)
      } else if (isPlainKey(event, 'n') && mayCreate) {
        event.preventDefault()
        if (event.timeStamp - createdAt.current < oneByOne) return
        createdAt.current = event.timeStamp
        create()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [create, mayCreate, palette, setPalette, toggleSidebar])
  return (
    <>
      <KeysDialog open={listed} onOpenChange={setListed} />
      <PaletteHost
        workspaceId={workspaceId}
        documentId={props.documentId}
        open={palette}
        setOpen={setPalette}
        toggleSidebar={toggleSidebar}
        showKeys={() => setListed(true)}
        onSignOut={props.onSignOut}
      />
    </>
  )
}
