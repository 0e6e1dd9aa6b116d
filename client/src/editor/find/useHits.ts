import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { activeHit, hitsOf } from './findPlugin.ts'

interface Hits {
  count: number
  /** Which of them one looks at, from 0; null: none. */
  active: number | null
}

function hitsNow({ state }: Editor): Hits {
  const hits = hitsOf(state)
  const active = activeHit(state)
  const index = active === null ? -1 : hits.findIndex(({ from }) => from === active.from)
  return { count: hits.length, active: index < 0 ? null : index }
}

/** How many hits there are. Counted once a frame at most, so that nobody's typing waits for it. */
export function useHits(editor: Editor): Hits {
  const [hits, setHits] = useState<Hits>({ count: 0, active: null })
  useEffect(() => {
    let frame = 0
    const count = (): void => {
      frame = 0
      if (editor.isDestroyed) return
      const now = hitsNow(editor)
      setHits((before) => (before.count === now.count && before.active === now.active ? before : now))
    }
    const later = (): void => {
      frame ||= requestAnimationFrame(count)
    }
    editor.on('transaction', later)
    later()
    return () => {
      editor.off('transaction', later)
      cancelAnimationFrame(frame)
    }
  }, [editor])
  return hits
}
