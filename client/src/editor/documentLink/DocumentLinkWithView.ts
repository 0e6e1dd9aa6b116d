import { Plugin, PluginKey } from '@tiptap/pm/state'
import { DocumentLink, documentLinkText, documentPath } from '@weft/shared/editor'
import type { KnownDocuments } from './KnownDocuments.ts'

export interface DocumentLinkTexts {
  untitled: string
  /** Of a document that is gone, or that one may not see. */
  missing: string
}

/** The shared link to a document, shown with the title that the document has today. A click goes there. */
export const documentLinkWithView = (known: KnownDocuments, texts: DocumentLinkTexts) =>
  DocumentLink.extend({
    addStorage: () => ({ drawn: new Set<() => boolean>() }),
    addNodeView() {
      const { drawn } = this.storage as { drawn: Set<() => boolean> }
      return ({ node }) => {
        const dom = document.createElement('a')
        dom.className = 'weft-document-link'
        dom.contentEditable = 'false'
        let shown = node
        const draw = (): boolean => {
          const { title, missing } = known.shown(shown.attrs)
          const text = title === null ? documentLinkText(shown.attrs) : title || texts.untitled
          const renamed = dom.textContent !== text
          if (renamed) dom.textContent = text
          dom.toggleAttribute('data-missing', missing)
          if (missing) dom.title = texts.missing
          else dom.removeAttribute('title')
          return renamed
        }
        const stand = (): void => {
          dom.setAttribute('href', documentPath(shown.attrs))
          dom.dataset.document = String(shown.attrs.documentId ?? '')
          dom.dataset.workspace = String(shown.attrs.workspaceId ?? '')
          dom.dataset.title = String(shown.attrs.title ?? '')
          draw()
        }
        stand()
        drawn.add(draw)
        dom.addEventListener('click', (event) => {
          // With a modifier it opens beside this page, as any link.
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          event.stopPropagation()
          known.open(documentPath(shown.attrs))
        })
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
          key: new PluginKey('documentTitles'),
          view: ({ dom }) => ({
            destroy: known.subscribe(() => {
              const renamed = [...drawn].filter((draw) => draw())
              // What lies over the text is measured again when it moves.
              if (renamed.length > 0) dom.dispatchEvent(new Event('scroll'))
            }),
          }),
        }),
      ]
    },
  })
