import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { mayCreateDocuments } from '@weft/shared/workspaces'
import { useEffect, useRef, useState } from 'react'
import { useCreateDocument } from '../documents/index.ts'
import { leaveFocusMode, toggleFocusMode, useFocusMode } from '../kit/focusMode.ts'
import { useWorkspace } from '../workspaces/index.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { isForPage, isFree, isModKey, isPlainKey } from './keys.ts'
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
  const { workspaceId, documentId, palette, setPalette, toggleSidebar } = props
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
      } else if (documentId !== null && event.shiftKey && (isModKey(event, 'F') || isModKey(event, 'f'))) {
        event.preventDefault()
        toggleFocusMode()
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
  }, [create, mayCreate, palette, setPalette, toggleSidebar, documentId])
  useLeaveByEscape(documentId !== null)
  return (
    <>
      <KeysDialog open={listed} onOpenChange={setListed} />
      <PaletteHost
        workspaceId={workspaceId}
        documentId={documentId}
        open={palette}
        setOpen={setPalette}
        toggleSidebar={toggleSidebar}
        showKeys={() => setListed(true)}
        onSignOut={props.onSignOut}
      />
    </>
  )
}

/** The text takes each Escape, whether it has a use for it or not: the key is looked at on its way there. */
function useLeaveByEscape(inDocument: boolean): void {
  const focused = useFocusMode() && inDocument
  useEffect(() => {
    if (!focused) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isFree(event)) return
      event.preventDefault()
      leaveFocusMode()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [focused])
}
