import { Extension } from '@tiptap/core'
import { Fragment } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'

/**
 * An item, cell or quote that concurrent edits have left empty gets a paragraph to write into, as part of the next
 * edit that a person makes here. Never by itself: opening and receiving write nothing (see guard.ts).
 */
export const FillEmpty = Extension.create({
  name: 'fillEmpty',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('fillEmpty'),
      appendTransaction(transactions, _before, { doc, tr }) {
        if (!transactions.some((transaction) => transaction.docChanged)) return null
        const empty: { at: number; filler: Fragment }[] = []
        doc.descendants((node, at) => {
          if (node.isTextblock) return false
          const filler = node.childCount === 0 ? node.type.contentMatch.fillBefore(Fragment.empty, true) : null
          // An empty list or table is not seen, and would only be given back to somebody who took its last item away.
          if (filler?.firstChild?.isTextblock) empty.push({ at: at + 1, filler })
          return true
        })
        for (const { at, filler } of empty.reverse()) tr.insert(at, filler)
        return tr.docChanged ? tr : null
      },
    }),
  ],
})
