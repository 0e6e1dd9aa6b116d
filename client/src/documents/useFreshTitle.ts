import type { DocumentId } from '@weft/shared/kit'
import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { z } from 'zod'

const Fresh = z.object({ fresh: z.literal(true) })

/** Puts the caret into the title of a document that was made a moment ago, as soon as there is one. */
export function useFreshTitle(documentId: DocumentId): void {
  const { state } = useLocation()
  const fresh = Fresh.safeParse(state).success
  useEffect(() => {
    if (!fresh) return
    const focus = (): boolean => {
      const title = document.querySelector<HTMLElement>(`[data-document="${documentId}"] [contenteditable="true"]`)
      title?.focus()
      return title !== null
    }
    if (focus()) return
    const watcher = new MutationObserver(() => {
      if (focus()) watcher.disconnect()
    })
    watcher.observe(document.body, { childList: true, subtree: true, attributes: true })
    return () => watcher.disconnect()
  }, [fresh, documentId])
}
