import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

const isSync = (transaction: Transaction): boolean => transaction.getMeta(ySyncPluginKey) !== undefined

/** Whether this was caused by a change from Yjs: it is one, or an extension has appended it to one. */
function fromSync(transaction: Transaction): boolean {
  const cause = transaction.getMeta('appendedTransaction') as Transaction | undefined
  return isSync(transaction) || (cause !== undefined && isSync(cause))
}

/**
 * Nothing is written because somebody else wrote: a transaction that an extension appends to a change from Yjs (links
 * found in text, tables mended) is dropped. A reader's editor changes by Yjs alone.
 */
export function writeGuard(readOnly: boolean): Extension {
  return Extension.create({
    name: 'writeGuard',
    addProseMirrorPlugins() {
      const { editor } = this
      const key = new PluginKey<boolean>('writeGuard')
      return [
        new Plugin<boolean>({
          key,
          // The cause is named in an appended transaction only after it has passed the filter, so it is kept here.
          state: { init: () => false, apply: fromSync },
          filterTransaction(transaction, state) {
            if (!transaction.docChanged || isSync(transaction)) return true
            const isAppended = state !== editor.view.state
            return !readOnly && !(isAppended && key.getState(state))
          },
        }),
      ]
    },
  })
}
