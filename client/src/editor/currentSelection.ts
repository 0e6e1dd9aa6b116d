import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type * as Y from 'yjs'

/**
 * For 200 ms after a focus ProseMirror takes a move to the document's start for the browser's own doing and undoes it
 * (`DOMObserver.flush`). A key says that it is the person's; there is no other way to tell it than its own field.
 */
function forgetFocus(view: EditorView): void {
  const { input } = view as unknown as { input?: { lastFocus?: number } }
  if (input?.lastFocus) input.lastFocus = 0
}

/**
 * Keys act where the caret is. A browser moves its selection at once on Home or a click and tells of it
 * (`selectionchange`) in a later task; a busy page handles the next key before that, and ProseMirror would delete or
 * split at the old place. So it is told of the move before it looks at the key.
 */
export const CurrentSelection = Extension.create({
  name: 'currentSelection',
  priority: 1_000,
  addProseMirrorPlugins() {
    const tell = (view: EditorView, event: Event): boolean => {
      forgetFocus(view)
      // Reading while an input method composes would end the composition.
      if (!view.composing && !(event instanceof KeyboardEvent && (event.isComposing || event.keyCode === 229)))
        view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
      return false
    }
    return [
      new Plugin({
        key: new PluginKey('currentSelection'),
        props: { handleDOMEvents: { keydown: tell, paste: tell, cut: tell, copy: tell } },
      }),
    ]
  },
})

/** The browser's selection as the editor would take it, if it is a plain one in text and another than the editor's. */
function movedSelection(view: EditorView): TextSelection | null {
  const { state } = view
  const selection = view.dom.ownerDocument.getSelection()
  if (view.isDestroyed || view.composing || !view.hasFocus() || !(state.selection instanceof TextSelection)) return null
  const { anchorNode, focusNode, anchorOffset, focusOffset } = selection ?? {}
  if (!anchorNode || !focusNode || !view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null
  const head = view.posAtDOM(focusNode, focusOffset ?? 0)
  const anchor =
    anchorNode === focusNode && anchorOffset === focusOffset ? head : view.posAtDOM(anchorNode, anchorOffset ?? 0)
  const size = state.doc.content.size
  if (head < 0 || anchor < 0 || head > size || anchor > size) return null
  const $anchor = state.doc.resolve(anchor)
  const $head = state.doc.resolve(head)
  const moved = new TextSelection($anchor, $head)
  return $anchor.parent.inlineContent && $head.parent.inlineContent && !moved.eq(state.selection) ? moved : null
}

/**
 * Before another person's edit is drawn, takes over a move of the caret that the browser has not told of yet: y-tiptap
 * would put the caret back to the old place. Must be called before the editors are made, so that it comes before
 * y-tiptap's own listener. Returns the way to stop.
 */
export function keepMovedSelection(doc: Y.Doc, views: () => readonly EditorView[]): () => void {
  const take = (): void => {
    // In a transaction of one's own the editor is in the middle of an update.
    if (doc._transaction?.local !== false) return
    for (const view of views()) {
      const moved = movedSelection(view)
      if (moved) view.dispatch(view.state.tr.setSelection(moved))
    }
  }
  doc.on('beforeAllTransactions', take)
  return () => doc.off('beforeAllTransactions', take)
}
