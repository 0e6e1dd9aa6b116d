import type { Editor } from '@tiptap/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onFindInDocument } from '../../kit/findInDocument.ts'
import { orNothing } from '../../kit/orNothing.ts'

const FindBar = lazy(() => orNothing(async () => (await import('./FindBar.tsx')).FindBar))

/** Longer selections are not what one looks for. In characters. */
const longest = 100

function selectedText({ state: { doc, selection } }: Editor): string {
  const text = doc.textBetween(selection.from, selection.to, '\n', '\ufffc')
  return text.length > longest || /[\n\ufffc]/.test(text) ? '' : text
}

/**
 * Opens the bar on `Mod+F`, where the keyboard is in the document. Elsewhere the key is the browser's. A text that one
 * only reads has no keyboard of its own: there the page around it counts.
 */
export function FindHost({ editor, readOnly }: { editor: Editor; readOnly: boolean }) {
  const [asked, setAsked] = useState<{ query: string; times: number } | null>(null)
  useEffect(() => {
    const article = editor.view.dom.closest('.weft-editor')
    const open = () => setAsked((before) => ({ query: selectedText(editor), times: (before?.times ?? 0) + 1 }))
    const isHere = (target: EventTarget | null): boolean =>
      target instanceof Element &&
      article !== null &&
      (article.contains(target) || (readOnly && target.contains(article)))
    const press = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, shiftKey, altKey, key } = event
      if (!(ctrlKey || metaKey) || shiftKey || altKey || key.toLowerCase() !== 'f' || !isHere(event.target)) return
      event.preventDefault()
      open()
    }
    document.addEventListener('keydown', press)
    const stop = onFindInDocument(open)
    return () => {
      document.removeEventListener('keydown', press)
      stop()
    }
  }, [editor, readOnly])
  if (asked === null) return null
  return (
    <Suspense>
      <FindBar editor={editor} readOnly={readOnly} asked={asked} onClose={() => setAsked(null)} />
    </Suspense>
  )
}
