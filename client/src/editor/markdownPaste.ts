import { Extension } from '@tiptap/core'
import { Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'

/** What makes plain text worth reading as Markdown: a structure or mark of it, not a lone star or dash. */
const looksLikeMarkdown =
  /^#{1,6} \S|^\s*[-*+] \S|^\s*\d{1,9}[.)] \S|^> ?\S|^(```|~~~)|^\|.+\||^(---|\*\*\*|___)\s*$|\*\*\S[^*]*\*\*|`[^`]+`|~~\S[^~]*~~|\[[^\]]+\]\([^)]+\)/m

/** Longer pastes are taken as plain text: parsing them would hold the page. In characters, as `markdownLimit`. */
const pasteLimit = 2_000_000

/** Plain text that is pasted and looks like Markdown becomes what it says; `Mod+Shift+V` keeps it plain. */
export const MarkdownPaste = Extension.create<{ parse(markdown: string): import('@tiptap/pm/model').Node }>({
  name: 'markdownPaste',
  addProseMirrorPlugins() {
    const { parse } = this.options
    let plain = false
    return [
      new Plugin({
        key: new PluginKey('markdownPaste'),
        props: {
          handleKeyDown(_view, event) {
            plain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v'
            return false
          },
          handlePaste(view, event) {
            const text = event.clipboardData?.getData('text/plain') ?? ''
            const hasHtml = (event.clipboardData?.getData('text/html') ?? '') !== ''
            const inCode = view.state.selection.$from.parent.type.spec.code === true
            if (plain || hasHtml || inCode || text.length > pasteLimit || !looksLikeMarkdown.test(text)) return false
            // The editor's schema is another object than the one that parses.
            const { content } = view.state.schema.nodeFromJSON(parse(text).toJSON())
            const single = content.childCount === 1 && content.firstChild?.type.name === 'paragraph'
            view.dispatch(
              view.state.tr
                .replaceSelection(new Slice(content, single ? 1 : 0, single ? 1 : 0))
                .scrollIntoView()
                .setMeta('paste', true),
            )
            return true
          },
        },
      }),
    ]
  },
})
