import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

export interface PlaceholderTexts {
  /** In an empty field. */
  empty: string
  /** In the empty paragraph that the caret stands in. */
  line: string
}

/** Texts in empty blocks, drawn by CSS from an attribute: they are never part of the document. */
export const placeholder = (texts: PlaceholderTexts): Extension =>
  Extension.create({
    name: 'placeholder',
    addProseMirrorPlugins() {
      const { editor } = this
      return [
        new Plugin({
          key: new PluginKey('placeholder'),
          props: {
            decorations({ doc, selection }) {
              const mark = (pos: number, size: number, text: string): DecorationSet =>
                DecorationSet.create(doc, [
                  Decoration.node(pos, pos + size, { class: 'weft-placeholder', 'data-placeholder': text }),
                ])
              const only = doc.childCount === 1 ? doc.firstChild : null
              if (only?.isTextblock && only.content.size === 0 && only.type.spec.code !== true)
                return mark(0, only.nodeSize, texts.empty)
              const { $head, empty } = selection
              const block = $head.parent
              if (
                !editor.isEditable ||
                !empty ||
                $head.depth !== 1 ||
                block.type.name !== 'paragraph' ||
                block.content.size > 0
              )
                return null
              return mark($head.before(), block.nodeSize, texts.line)
            },
          },
        }),
      ]
    },
  })
