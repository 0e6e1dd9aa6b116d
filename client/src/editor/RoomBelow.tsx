import type { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { useEffect, useRef } from 'react'

/**
 * Puts the caret at the end of the text. Behind a table, a list, code or a line it makes a paragraph: there is no other
 * way to get there with a mouse or a finger.
 */
function writeBelow({ state, view }: Editor): void {
  const { doc, tr, schema } = state
  const last = doc.lastChild
  const { paragraph } = schema.nodes
  if (paragraph && !(last?.isTextblock && !last.type.spec.code)) tr.insert(doc.content.size, paragraph.create())
  view.dispatch(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView())
  view.focus()
}

/** The room below the text: a click there goes on writing. With keys one gets there from the text. */
export function RoomBelow({ editor }: { editor: Editor }) {
  const room = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = room.current
    const onMouseDown = (event: MouseEvent): void => {
      if (event.button !== 0) return
      // The browser would take the focus away from the text after this.
      event.preventDefault()
      writeBelow(editor)
    }
    element?.addEventListener('mousedown', onMouseDown)
    return () => element?.removeEventListener('mousedown', onMouseDown)
  }, [editor])
  return <div ref={room} className="weft-below" />
}
