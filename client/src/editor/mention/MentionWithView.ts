import { mergeAttributes } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Mention, mentionText } from '@weft/shared/editor'
import type { KnownPeople } from './KnownPeople.ts'

/** The shared mention, shown and copied as text with the name that the person has today. */
export function mentionWithView(people: KnownPeople) {
  const textOf = ({ attrs }: Node): string => {
    const { name } = people.shown(attrs.userId)
    return mentionText(name === null ? attrs : { name })
  }
  return Mention.extend({
    renderHTML: ({ node, HTMLAttributes }) => [
      'span',
      mergeAttributes(HTMLAttributes, { class: 'weft-mention' }),
      textOf(node),
    ],
    renderText: ({ node }) => textOf(node),
    addStorage: () => ({ drawn: new Set<() => boolean>() }),
    addNodeView() {
      const { drawn } = this.storage as { drawn: Set<() => boolean> }
      return ({ node }) => {
        const dom = document.createElement('span')
        dom.className = 'weft-mention'
        let shown = node
        const draw = (): boolean => {
          const { own, left } = people.shown(shown.attrs.userId)
          const text = textOf(shown)
          const renamed = dom.textContent !== text
          if (renamed) dom.textContent = text
          dom.toggleAttribute('data-own', own)
          dom.toggleAttribute('data-left', left)
          return renamed
        }
        const stand = (): void => {
          dom.dataset.mention = String(shown.attrs.mentionId ?? '')
          dom.dataset.user = String(shown.attrs.userId ?? '')
          dom.dataset.name = String(shown.attrs.name ?? '')
          draw()
        }
        stand()
        drawn.add(draw)
        return {
          dom,
          update(next) {
            if (next.type !== shown.type) return false
            shown = next
            stand()
            return true
          },
          ignoreMutation: () => true,
          destroy: () => drawn.delete(draw),
        }
      }
    },
    addProseMirrorPlugins() {
      const { drawn } = this.storage as { drawn: Set<() => boolean> }
      return [
        new Plugin({
          key: new PluginKey('mentionNames'),
          view: ({ dom }) => ({
            destroy: people.subscribe(() => {
              const renamed = [...drawn].filter((draw) => draw())
              // What lies over the text is measured again when it moves; another name moves what stands behind it.
              if (renamed.length > 0) dom.dispatchEvent(new Event('scroll'))
            }),
          }),
        }),
      ]
    },
  })
}
