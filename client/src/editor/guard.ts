import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

const isSync = (transaction: Transaction): boolean => transaction.getMeta(ySyncPluginKey) !== undefined

/**
 * Nothing is written because somebody else wrote: a transaction that an extension appends to a change from Yjs (links
 * found in text, tables mended) is dropped. A reader's editor changes by Yjs alone.
 */
export function writeGuard(readOnly: boolean): Extension {
  return Extension.create({
    name: 'writeGuard',
    addProseMirrorPlugins: () => [
      new Plugin({
        key: new PluginKey('writeGuard'),
        filterTransaction(transaction) {
          if (!transaction.docChanged || isSync(transaction)) return true
          if (readOnly) return false
          const cause = transaction.getMeta('appendedTransaction') as Transaction | undefined
          return cause === undefined || !isSync(cause)
        },
      }),
    ],
  })
}
