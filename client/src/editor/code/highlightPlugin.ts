import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import type { Stretch } from './highlighting.ts'

type Highlighting = typeof import('./highlighting.ts')

/** Longer blocks stay plain: highlighting runs with every key typed into them. In characters. */
const codeLimit = 20_000

const key = new PluginKey<DecorationSet>('highlight')

const usesLanguage = (doc: Node): boolean => {
  let found = false
  doc.descendants((node) => {
    if (node.type.name === 'codeBlock' && node.attrs.language) found = true
    return !found && !node.isTextblock
  })
  return found
}

/** Colours code blocks; the highlighter is loaded with the first block that names its language. */
export function highlightPlugin(): Plugin<DecorationSet> {
  let highlighting: Highlighting | null = null
  let loading = false
  const cache = new WeakMap<Node, Stretch[]>()

  const stretchesOf = (node: Node): Stretch[] => {
    let stretches = cache.get(node)
    if (stretches === undefined) {
      const language = String(node.attrs.language ?? '')
      stretches =
        highlighting === null || node.textContent.length > codeLimit
          ? []
          : highlighting.highlight(node.textContent, language)
      cache.set(node, stretches)
    }
    return stretches
  }
  const decorate = (doc: Node): DecorationSet => {
    const found: Decoration[] = []
    if (highlighting === null) return DecorationSet.empty
    doc.descendants((node, pos) => {
      if (node.type.name !== 'codeBlock') return !node.isTextblock
      for (const { from, to, className } of stretchesOf(node)) {
        found.push(Decoration.inline(pos + 1 + from, pos + 1 + to, { class: className }))
      }
      return false
    })
    return DecorationSet.create(doc, found)
  }
  const load = async (view: EditorView): Promise<void> => {
    loading = true
    highlighting = await import('./highlighting.ts')
    if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, true).setMeta('addToHistory', false))
  }

  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, { doc }) => decorate(doc),
      apply: (tr, decorations) => (tr.docChanged || tr.getMeta(key) ? decorate(tr.doc) : decorations),
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => {
      const look = (): void => {
        if (!loading && usesLanguage(view.state.doc))
          load(view).catch(() => {
            loading = false
          })
      }
      look()
      return {
        update: (_view, before) => {
          if (before.doc !== view.state.doc) look()
        },
      }
    },
  })
}
