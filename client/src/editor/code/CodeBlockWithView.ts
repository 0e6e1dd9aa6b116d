import { CodeBlock } from '@tiptap/extension-code-block'
import { highlightPlugin } from './highlightPlugin.ts'
import { commonLanguages } from './languages.ts'

export interface CodeBlockTexts {
  language: string
  plain: string
}

/** The shared code block with its language choice and colours. */
export const codeBlockWithView = (texts: CodeBlockTexts) =>
  CodeBlock.extend({
    addNodeView() {
      return ({ node, editor, getPos }) => {
        const dom = document.createElement('div')
        dom.className = 'weft-code'
        const choice = document.createElement('select')
        choice.className = 'weft-code-language'
        choice.contentEditable = 'false'
        choice.setAttribute('aria-label', texts.language)
        const pre = document.createElement('pre')
        pre.spellcheck = false
        const code = document.createElement('code')
        pre.append(code)
        dom.append(choice, pre)

        const show = (language: string): void => {
          const offered: readonly string[] =
            language === '' || commonLanguages.includes(language) ? commonLanguages : [language, ...commonLanguages]
          choice.replaceChildren(new Option(texts.plain, ''), ...offered.map((name) => new Option(name, name)))
          choice.value = language
          choice.disabled = !editor.isEditable
        }
        show(String(node.attrs.language ?? ''))
        choice.addEventListener('change', () => {
          const at = getPos()
          if (at === undefined || !editor.isEditable) return
          editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'language', choice.value || null))
          editor.view.focus()
        })

        let shown = node
        return {
          dom,
          contentDOM: code,
          update(next) {
            if (next.type !== shown.type) return false
            if (next.attrs.language !== shown.attrs.language) show(String(next.attrs.language ?? ''))
            shown = next
            return true
          },
          stopEvent: (event) => event.target === choice,
          ignoreMutation: (mutation) => !pre.contains(mutation.target) || mutation.target === pre,
        }
      }
    },
    addProseMirrorPlugins() {
      return [...(this.parent?.() ?? []), highlightPlugin()]
    },
  })
