import { type Editor, Extension } from '@tiptap/core'
import { Selection, TextSelection } from '@tiptap/pm/state'

/** Where the other field is reached; set when both editors exist. */
export interface Neighbours {
  title: Editor | null
  body: Editor | null
}

/** Puts the selection and the focus there at once: `commands.focus()` waits a frame, and fast typing lands in the old field. */
function enter(editor: Editor | null, where: 'start' | 'end'): boolean {
  if (editor === null || editor.isDestroyed) return false
  const { state, view } = editor
  view.dispatch(
    state.tr
      .setSelection(where === 'start' ? Selection.atStart(state.doc) : Selection.atEnd(state.doc))
      .scrollIntoView(),
  )
  view.focus()
  return true
}

/** The title's keys: Enter takes what stands behind the caret into a new first paragraph of the body. */
export const titleBorder = (neighbours: Neighbours): Extension =>
  Extension.create({
    name: 'titleBorder',
    addKeyboardShortcuts() {
      const down = (): boolean => this.editor.view.endOfTextblock('down') && enter(neighbours.body, 'start')
      const breakLine = (): boolean => {
        const { state, view } = this.editor
        const { body } = neighbours
        if (body === null) return true
        const rest = state.doc.textBetween(state.selection.to, state.doc.content.size)
        const { from, to } = state.selection
        if (from !== to || rest !== '') view.dispatch(state.tr.delete(from, Selection.atEnd(state.doc).to))
        const first = body.state.doc.firstChild
        const waiting = first?.type.name === 'paragraph' && first.content.size === 0
        if (waiting && rest !== '') body.view.dispatch(body.state.tr.insertText(rest, 1))
        else if (!waiting) {
          const { paragraph } = body.schema.nodes
          if (paragraph)
            body.view.dispatch(
              body.state.tr.insert(0, paragraph.create(null, rest === '' ? null : body.schema.text(rest))),
            )
        }
        return enter(body, 'start')
      }
      const toBody = (): boolean => enter(neighbours.body, 'start')
      const right = (): boolean =>
        this.editor.state.selection.empty && this.editor.view.endOfTextblock('forward') && toBody()
      return { Enter: breakLine, 'Shift-Enter': breakLine, Tab: toBody, ArrowDown: down, ArrowRight: right }
    },
  })

/** The body's keys at its start: Backspace joins a first paragraph to the title. */
export const bodyBorder = (neighbours: Neighbours): Extension =>
  Extension.create({
    name: 'bodyBorder',
    priority: 900,
    addKeyboardShortcuts() {
      const atFirstBlock = (): boolean => {
        const { $head, empty } = this.editor.state.selection
        return empty && $head.index(0) === 0
      }
      const atStart = (): boolean =>
        atFirstBlock() &&
        this.editor.view.endOfTextblock('backward') &&
        this.editor.state.selection.from === Selection.atStart(this.editor.state.doc).from
      const up = (): boolean =>
        atFirstBlock() &&
        this.editor.state.selection.$head.depth === 1 &&
        this.editor.view.endOfTextblock('up') &&
        enter(neighbours.title, 'end')
      const left = (): boolean => atStart() && enter(neighbours.title, 'end')
      const join = (): boolean => {
        const { title } = neighbours
        const { state, view } = this.editor
        const first = state.doc.firstChild
        if (title === null || first === null || first.type.name !== 'paragraph' || !atStart()) return false
        const at = Selection.atEnd(title.state.doc).to
        if (first.content.size > 0) title.view.dispatch(title.state.tr.insertText(first.textContent, at))
        if (state.doc.childCount > 1) view.dispatch(state.tr.delete(0, first.nodeSize))
        else if (first.content.size > 0) view.dispatch(state.tr.delete(1, 1 + first.content.size))
        title.view.dispatch(title.state.tr.setSelection(TextSelection.create(title.state.doc, at)))
        title.view.focus()
        return true
      }
      return { ArrowUp: up, ArrowLeft: left, Backspace: join }
    },
  })
