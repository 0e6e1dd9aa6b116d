import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Details } from '@weft/shared/editor'
import { revealEvent } from '../reveal.ts'

export interface DetailsTexts {
  /** Names the button that opens and closes. */
  toggle: string
}

/**
 * The shared details, open or closed for this reader alone. They open by themselves where the caret comes into them, and
 * where something in them is to be seen.
 */
export const detailsWithView = (texts: DetailsTexts) =>
  Details.extend({
    addNodeView() {
      return ({ node, editor, getPos, view }) => {
        const dom = document.createElement('div')
        dom.className = 'weft-details'
        const toggle = document.createElement('button')
        toggle.type = 'button'
        toggle.className = 'weft-details-toggle'
        toggle.contentEditable = 'false'
        toggle.setAttribute('aria-label', texts.toggle)
        const content = document.createElement('div')
        content.className = 'weft-details-content'
        dom.append(toggle, content)

        let shown = node
        const isOpen = (): boolean => dom.hasAttribute('data-open')
        const set = (open: boolean): void => {
          dom.toggleAttribute('data-open', open)
          toggle.setAttribute('aria-expanded', String(open))
        }
        const holdsCaret = (): boolean => {
          const at = getPos()
          const { from, to } = view.state.selection
          return at !== undefined && from > at && to < at + shown.nodeSize
        }
        // What one has just made is open.
        set(view.hasFocus() && holdsCaret())
        toggle.addEventListener('click', () => {
          const at = getPos()
          if (isOpen() && at !== undefined && editor.isEditable && holdsCaret()) {
            const end = at + 1 + (shown.firstChild?.nodeSize ?? 0) - 1
            view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(end), -1)))
          }
          set(!isOpen())
          // What lies over the text below has moved.
          view.dom.dispatchEvent(new Event('scroll'))
        })
        toggle.addEventListener('mousedown', (event) => event.preventDefault())
        dom.addEventListener(revealEvent, () => set(true))

        return {
          dom,
          contentDOM: content,
          update(next) {
            if (next.type !== shown.type) return false
            shown = next
            return true
          },
          stopEvent: (event) => event.target === toggle,
          ignoreMutation: (mutation) =>
            mutation.type !== 'selection' && (mutation.target === dom || toggle.contains(mutation.target)),
        }
      }
    },
    addProseMirrorPlugins: () => [
      new Plugin({
        key: new PluginKey('openDetails'),
        view: () => ({
          update(view, before) {
            const { selection } = view.state
            if (before.selection.eq(selection) || !view.hasFocus()) return
            const { $head } = selection
            for (let depth = $head.depth; depth > 0; depth--) {
              if ($head.node(depth).type.name !== 'details' || $head.index(depth) === 0) continue
              view.nodeDOM($head.before(depth))?.dispatchEvent(new Event(revealEvent))
            }
          },
        }),
      }),
    ],
  })
