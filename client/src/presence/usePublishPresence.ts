import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { awayAfter } from '@weft/shared/presence'
import { useEffect, useState } from 'react'
import { useWorkspaceAwareness } from '../live/index.ts'

/** Who has not typed for this long only views; ms. */
const editingFor = 30_000
/** Of a moving pointer, one sign of life in this time is enough; ms. */
const noticeEvery = 5_000

/** Tells the workspace what this page does: present or away, which document, viewing or editing. */
export function usePublishPresence(workspaceId: WorkspaceId, documentId: DocumentId | null): void {
  const { setOwn } = useWorkspaceAwareness(workspaceId)
  const away = useAway()
  const editing = useEditing()
  useEffect(() => {
    setOwn({
      availability: away ? 'away' : 'online',
      documentId,
      activity: editing && documentId !== null ? 'editing' : 'viewing',
    })
  }, [setOwn, away, documentId, editing])
}

/** True when nobody has touched the page for five minutes, or while it is hidden. */
function useAway(): boolean {
  const [away, setAway] = useState(document.visibilityState === 'hidden')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let noticedAt = 0
    const notice = () => {
      if (document.visibilityState === 'hidden') return
      const now = Date.now()
      if (now - noticedAt < noticeEvery) return
      noticedAt = now
      clearTimeout(timer)
      timer = setTimeout(() => setAway(true), awayAfter)
      setAway(false)
    }
    const turn = () => {
      noticedAt = 0
      if (document.visibilityState === 'hidden') setAway(true)
      else notice()
    }
    const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const
    for (const sign of signs) window.addEventListener(sign, notice, { passive: true, capture: true })
    document.addEventListener('visibilitychange', turn)
    notice()
    return () => {
      clearTimeout(timer)
      for (const sign of signs) window.removeEventListener(sign, notice, { capture: true })
      document.removeEventListener('visibilitychange', turn)
    }
  }, [])
  return away
}

/** True while somebody types into an editor, and for half a minute after. */
function useEditing(): boolean {
  const [editing, setEditing] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const typed = (event: Event) => {
      if (!(event.target instanceof HTMLElement) || !event.target.isContentEditable) return
      clearTimeout(timer)
      timer = setTimeout(() => setEditing(false), editingFor)
      setEditing(true)
    }
    document.addEventListener('input', typed, true)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('input', typed, true)
    }
  }, [])
  return editing
}
