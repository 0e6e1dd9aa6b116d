import type { Editor } from '@tiptap/core'
import type * as Y from 'yjs'
import { absoluteOf, relativeOf } from '../carets/positions.ts'
import { type Block, blockAt } from './block.ts'
import { moveTo } from './changes.ts'

/** Where a block would be put: in front of this place, which is drawn here. */
interface Target {
  at: number
  /** In px, in the window. */
  line: { left: number; top: number; width: number }
}

function targetUnder(editor: Editor, top: number): Target | null {
  const { view, state } = editor
  const box = view.dom.getBoundingClientRect()
  const y = Math.min(Math.max(top, box.top + 1), box.bottom - 1)
  const found = view.posAtCoords({ left: box.left + box.width / 2, top: y })
  const block = found && blockAt(state.doc.resolve(found.pos))
  const dom = block && view.nodeDOM(block.from)
  if (!block || !(dom instanceof HTMLElement)) return null
  const { top: above, bottom, left, width } = dom.getBoundingClientRect()
  const behind = y > (above + bottom) / 2
  return { at: behind ? block.to : block.from, line: { left, width, top: behind ? bottom : above } }
}

/**
 * Moves a block to where it is dropped. It is remembered by its place in the shared text and read again at the end, so
 * that what others write into it and around it meanwhile is moved too. Returns the way to stop.
 */
export function dragBlock(editor: Editor, at: number, onEnd: () => void): () => void {
  const article = editor.view.dom.closest<HTMLElement>('.weft-editor')
  const line = document.createElement('div')
  line.className = 'weft-drop-line'
  // In its text, or in itself: its own beginning would be the end of what stands before.
  const place: Y.RelativePosition | null = relativeOf(editor.state, at + 1)

  const blockNow = (): Block | null => {
    const now = place && absoluteOf(editor.state, place)
    return now === null ? null : blockAt(editor.state.doc.resolve(now))
  }
  const over = (event: DragEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'move'
    const target = targetUnder(editor, event.clientY)
    if (target === null) {
      line.remove()
      return
    }
    line.style.left = `${target.line.left}px`
    line.style.width = `${target.line.width}px`
    line.style.top = `${target.line.top}px`
    document.body.append(line)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    const block = blockNow()
    const target = targetUnder(editor, event.clientY)
    stop()
    if (block === null || target === null) return
    const tr = moveTo(editor.state, block, target.at)
    if (tr) editor.view.dispatch(tr)
  }
  const stop = (): void => {
    line.remove()
    article?.removeEventListener('dragover', over, true)
    article?.removeEventListener('drop', drop, true)
    document.removeEventListener('dragend', stop)
    if (!editor.isDestroyed) editor.view.focus()
    onEnd()
  }
  // Before the editor, which would take what is dropped for text.
  article?.addEventListener('dragover', over, true)
  article?.addEventListener('drop', drop, true)
  document.addEventListener('dragend', stop)
  return stop
}
