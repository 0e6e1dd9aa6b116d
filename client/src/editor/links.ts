import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { safeHref } from '@weft/shared/editor'

/** A link opens on Mod-click (in a document that one only reads: on any click), in a page that knows nothing of this one. */
export const OpenLinks = Extension.create({
  name: 'openLinks',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('openLinks'),
        props: {
          handleDOMEvents: {
            click(_view, event) {
              const anchor = event.target instanceof Element ? event.target.closest('a') : null
              if (anchor === null) return false
              event.preventDefault()
              const href = safeHref(anchor.getAttribute('href'))
              if (href !== null && (event.metaKey || event.ctrlKey || !editor.isEditable))
                window.open(href, '_blank', 'noopener,noreferrer')
              return href !== null && (event.metaKey || event.ctrlKey)
            },
          },
        },
      }),
    ]
  },
})
