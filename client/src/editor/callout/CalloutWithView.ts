import { Callout, type CalloutKind, calloutKinds, isCalloutKind } from '@weft/shared/editor'

export interface CalloutTexts {
  /** Names the choice of kinds. */
  kind: string
  kinds: Readonly<Record<CalloutKind, string>>
}

/** The shared callout with its kind above it: a choice for whoever may write. */
export const calloutWithView = (texts: CalloutTexts) =>
  Callout.extend({
    addNodeView() {
      return ({ node, editor, getPos }) => {
        const dom = document.createElement('div')
        dom.className = 'weft-callout'
        const head = document.createElement('div')
        head.className = 'weft-callout-kind'
        head.contentEditable = 'false'
        const choice = document.createElement('select')
        choice.setAttribute('aria-label', texts.kind)
        choice.append(...calloutKinds.map((kind) => new Option(texts.kinds[kind], kind)))
        head.append(editor.isEditable ? choice : '')
        const content = document.createElement('div')
        content.className = 'weft-callout-content'
        dom.append(head, content)

        const show = (value: unknown): void => {
          const kind = isCalloutKind(value) ? value : 'note'
          dom.dataset.callout = kind
          choice.value = kind
          if (!editor.isEditable) head.textContent = texts.kinds[kind]
        }
        show(node.attrs.kind)
        choice.addEventListener('change', () => {
          const at = getPos()
          if (at === undefined || !editor.isEditable) return
          editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'kind', choice.value))
          editor.view.focus()
        })

        let shown = node
        return {
          dom,
          contentDOM: content,
          update(next) {
            if (next.type !== shown.type) return false
            if (next.attrs.kind !== shown.attrs.kind) show(next.attrs.kind)
            shown = next
            return true
          },
          stopEvent: (event) => event.target === choice,
          ignoreMutation: (mutation) =>
            mutation.type !== 'selection' && (!content.contains(mutation.target) || mutation.target === dom),
        }
      }
    },
  })
