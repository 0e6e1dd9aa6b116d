import type { EditorView } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { relativeOf } from './positions.ts'

interface Publisher {
  update(): void
  destroy(): void
}

const setField = (awareness: Awareness, name: 'cursor' | 'view', value: unknown): void => {
  const before = awareness.getLocalState()?.[name]
  if (JSON.stringify(before ?? null) !== JSON.stringify(value)) awareness.setLocalStateField(name, value)
}

/** Writes one's own caret into awareness while the field has the focus; null when neither field has it. */
export function publishCursor(view: EditorView, field: 'title' | 'body', awareness: Awareness): Publisher {
  const update = (): void => {
    if (!view.hasFocus()) return
    const anchor = relativeOf(view.state, view.state.selection.anchor)
    const head = relativeOf(view.state, view.state.selection.head)
    if (anchor === null || head === null) return
    setField(awareness, 'cursor', {
      field,
      anchor: Y.relativePositionToJSON(anchor),
      head: Y.relativePositionToJSON(head),
    })
  }
  const leave = (): void => {
    const cursor = awareness.getLocalState()?.cursor as { field?: string } | null | undefined
    if (cursor?.field === field) setField(awareness, 'cursor', null)
  }
  view.dom.addEventListener('focus', update)
  view.dom.addEventListener('blur', leave)
  return {
    update,
    destroy() {
      view.dom.removeEventListener('focus', update)
      view.dom.removeEventListener('blur', leave)
      leave()
    },
  }
}

/** A page says where it has scrolled to at most this often. Milliseconds. */
const viewInterval = 250

/** Writes the topmost visible block into awareness, for those who follow. */
export function publishView(view: EditorView, awareness: Awareness): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const publish = (): void => {
    timer = undefined
    if (view.isDestroyed) return
    const anchor = relativeOf(view.state, topmostBlock(view))
    if (anchor) setField(awareness, 'view', { anchor: Y.relativePositionToJSON(anchor) })
  }
  const onScroll = (): void => {
    timer ??= setTimeout(publish, viewInterval)
  }
  window.addEventListener('scroll', onScroll, { capture: true, passive: true })
  onScroll()
  return () => {
    clearTimeout(timer)
    window.removeEventListener('scroll', onScroll, { capture: true })
  }
}

/** The position inside the first top-level block whose lower edge is in sight (found by halving). */
function topmostBlock(view: EditorView): number {
  const blocks = view.dom.children
  const top = Math.max(0, scrollerOf(view.dom)?.getBoundingClientRect().top ?? 0)
  let low = 0
  let high = blocks.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((blocks[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle
    else low = middle + 1
  }
  const block = blocks[low]
  return block ? Math.min(view.posAtDOM(block, 0), view.state.doc.content.size) : 0
}

/** The nearest ancestor that scrolls; null: the page does. */
export function scrollerOf(element: Element): Element | null {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at)
    if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight) return at
  }
  return null
}
