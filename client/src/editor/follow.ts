import type { Editor } from '@tiptap/core'
import type { UserId } from '@weft/shared/kit'
import { DocumentAwareness } from '@weft/shared/presence'
import type { Awareness } from 'y-protocols/awareness'
import { absoluteOf, readRelative } from './carets/positions.ts'

/** Scrolls to what a person sees whenever that changes; returns the way to stop. */
export function followPerson(editor: Editor, awareness: Awareness, userId: UserId): () => void {
  let shown = ''
  const look = (): void => {
    for (const [clientId, raw] of awareness.getStates()) {
      const state = clientId === awareness.clientID ? null : DocumentAwareness.safeParse(raw)
      if (!state?.success || state.data.user.id !== userId || state.data.view === null) continue
      const key = JSON.stringify(state.data.view.anchor)
      if (key === shown) return
      const anchor = readRelative(state.data.view.anchor)
      const at = anchor && absoluteOf(editor.state, anchor)
      if (at === null) return
      shown = key
      blockAt(editor, at)?.scrollIntoView({ block: 'start', behavior: calm() ? 'auto' : 'smooth' })
      return
    }
  }
  awareness.on('change', look)
  look()
  return () => awareness.off('change', look)
}

function blockAt(editor: Editor, at: number): Element | null {
  const $at = editor.state.doc.resolve(at)
  const dom = editor.view.nodeDOM($at.depth > 0 ? $at.before(1) : at)
  return dom instanceof Element ? dom : null
}

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches
