import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { useEffect, useRef, useState } from 'react'
import { type Block, blockAt } from './block.ts'

/** The block that can be taken hold of now, and where its first line is. */
export interface HeldBlock {
  /** In front of it, when it was measured. */
  at: number
  /** Of its first line within the editor's field, in px. */
  top: number
  height: number
}

/** Wider than this, the pointer is not at the text any more. In px. */
const reach = 80

/** The first line of a block: the handle stands beside it, however long the block is. */
function measure(editor: Editor, block: Block): HeldBlock | null {
  const dom = editor.view.nodeDOM(block.from)
  const field = editor.view.dom.closest('.weft-field')
  if (!(dom instanceof HTMLElement) || field === null) return null
  const box = dom.getBoundingClientRect()
  if (box.height === 0) return null
  const line = Number.parseFloat(getComputedStyle(dom).lineHeight) || box.height
  return { at: block.from, top: box.top - field.getBoundingClientRect().top, height: Math.min(line, box.height) }
}

function blockUnder(editor: Editor, top: number): Block | null {
  const { view, state } = editor
  const box = view.dom.getBoundingClientRect()
  // Into the text, past bullets and numbers, where the innermost item of a list is.
  const found =
    view.posAtCoords({ left: box.left + box.width / 2, top }) ?? view.posAtCoords({ left: box.left + 2, top })
  if (!found) return null
  const $at = state.doc.resolve(found.inside >= 0 ? Math.max(found.pos, found.inside) : found.pos)
  return blockAt($at)
}

const touches = (): boolean => matchMedia('(hover: none)').matches

/**
 * The block below the pointer, or on a screen that one touches the one with the caret. Gone while one types; `held`
 * keeps it where it is.
 */
export function useHeldBlock(editor: Editor, held: boolean): HeldBlock | null {
  const [block, setBlock] = useState<HeldBlock | null>(null)
  const pointer = useRef<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const article = editor.view.dom.closest<HTMLElement>('.weft-editor')
    if (article === null || held) return
    let frame = 0
    const look = (): void => {
      frame = 0
      if (editor.isDestroyed) return
      let found: Block | null = null
      if (touches()) found = editor.isFocused ? blockAt(editor.state.selection.$from) : null
      else if (pointer.current !== null) {
        const { x, y } = pointer.current
        const box = editor.view.dom.getBoundingClientRect()
        const near = x > box.left - reach && y >= box.top && y <= box.bottom
        found = near ? blockUnder(editor, y) : null
      }
      const next = found && measure(editor, found)
      setBlock((before) =>
        before?.at === next?.at && before?.top === next?.top && before?.height === next?.height ? before : next,
      )
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    const move = (event: PointerEvent): void => {
      if (event.pointerType !== 'mouse') return
      pointer.current = { x: event.clientX, y: event.clientY }
      later()
    }
    const leave = (): void => {
      pointer.current = null
      later()
    }
    const changed = ({ transaction }: { transaction: Transaction }): void => {
      // Whoever types does not want it; what others write may move the block from under the pointer.
      if (transaction.docChanged && transaction.getMeta(ySyncPluginKey) === undefined) pointer.current = null
      if (transaction.docChanged || touches()) later()
    }
    // What was held may have moved meanwhile.
    later()
    article.addEventListener('pointermove', move)
    article.addEventListener('pointerleave', leave)
    editor.on('transaction', changed)
    editor.on('focus', later)
    editor.on('blur', later)
    return () => {
      cancelAnimationFrame(frame)
      article.removeEventListener('pointermove', move)
      article.removeEventListener('pointerleave', leave)
      editor.off('transaction', changed)
      editor.off('focus', later)
      editor.off('blur', later)
    }
  }, [editor, held])
  return block
}
