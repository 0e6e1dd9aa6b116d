import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { type Counts, countsBetween } from './counts.ts'
import { type HeadingPlace, headingsOf } from './headings.ts'

export interface Outline {
  headings: readonly HeadingPlace[]
  all: Counts
  /** Null: nothing is selected. */
  selected: Counts | null
}

/** Reading the whole text waits until typing pauses, and no longer than the second. Milliseconds. */
const pause = 300
const longest = 1_500

function outlineOf({ state: { doc, selection } }: Editor): Outline {
  const { from, to, empty } = selection
  return {
    headings: headingsOf(doc),
    all: countsBetween(doc, 0, doc.content.size),
    selected: empty ? null : countsBetween(doc, from, to),
  }
}

/** The outline and the counts of a text, a moment behind it. */
export function useOutline(editor: Editor): Outline {
  const [outline, setOutline] = useState(() => outlineOf(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let since: number | null = null
    const read = (): void => {
      since = null
      if (!editor.isDestroyed) setOutline(outlineOf(editor))
    }
    const later = ({ transaction }: { transaction: { docChanged: boolean; selectionSet: boolean } }): void => {
      if (!transaction.docChanged && !transaction.selectionSet) return
      since ??= performance.now()
      clearTimeout(timer)
      timer = setTimeout(read, Math.max(0, Math.min(pause, since + longest - performance.now())))
    }
    setOutline(outlineOf(editor))
    editor.on('transaction', later)
    return () => {
      clearTimeout(timer)
      editor.off('transaction', later)
    }
  }, [editor])
  return outline
}

/** In px from the top of the window: a heading that has come so far up is the one that one reads below. */
const readingLine = 140

/** Which of the headings one reads below, as one scrolls; -1 above the first. */
export function useReadHeading(editor: Editor, headings: readonly HeadingPlace[]): number {
  const [current, setCurrent] = useState(-1)
  useEffect(() => {
    let frame = 0
    const look = (): void => {
      frame = 0
      if (editor.isDestroyed) return
      const isAbove = ({ at }: HeadingPlace): boolean => {
        const dom = at < editor.state.doc.content.size ? editor.view.nodeDOM(at) : null
        if (!(dom instanceof HTMLElement)) return false
        const { top, height } = dom.getBoundingClientRect()
        return height > 0 && top <= readingLine
      }
      setCurrent(headings.findLastIndex(isAbove))
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    later()
    window.addEventListener('scroll', later, { capture: true, passive: true })
    window.addEventListener('resize', later)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', later, { capture: true })
      window.removeEventListener('resize', later)
    }
  }, [editor, headings])
  return current
}
