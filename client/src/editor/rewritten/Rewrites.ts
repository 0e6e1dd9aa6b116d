import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { carry } from './carry.ts'
import { OwnTyping } from './OwnTyping.ts'
import { isDisturbed, Rewrite } from './Rewrite.ts'
import type { Read } from './typed.ts'

export type Follow = (position: Y.RelativePosition) => Y.RelativePosition

interface Binding {
  beforeTransactionSelection: RecordedSelection | null
}

interface RecordedSelection {
  anchor: Y.RelativePosition | null
  head: Y.RelativePosition | null
  absAnchor?: number | null
  absHead?: number | null
}

interface Surroundings {
  undoManager: Y.UndoManager
  /** Whether the server has all own text. */
  saved(): boolean
  /** Readers carry nothing. */
  readOnly: boolean
}

/** Of so many undos the place of the caret is kept right; before that it may be beside. */
const undoDepth = 50

/**
 * y-tiptap writes a split, join, wrap or change of kind by deleting text and inserting it again, so that positions in
 * it and what is typed into it meanwhile would be left behind. For each transaction that deletes, positions are moved
 * to the same characters where they were inserted again, and own text is carried there (docs/decisions).
 */
export class Rewrites {
  readonly #doc: Y.Doc
  readonly #around: Surroundings
  readonly #typing: OwnTyping
  readonly #views = new Map<Y.XmlFragment, EditorView>()
  readonly #followers = new Map<Y.XmlFragment, Set<(follow: Follow) => void>>()

  constructor(doc: Y.Doc, around: Surroundings) {
    this.#doc = doc
    this.#around = around
    this.#typing = new OwnTyping(doc, around.saved)
    doc.on('beforeObserverCalls', this.#onTransaction)
  }

  /** A field and the editor that shows it. */
  watch(field: Y.XmlFragment, view: EditorView): void {
    this.#views.set(field, view)
  }

  /** Has positions of a field moved before anything is drawn. Returns the way to stop. */
  addFollower(field: Y.XmlFragment, move: (follow: Follow) => void): () => void {
    const followers = this.#followers.get(field) ?? new Set()
    this.#followers.set(field, followers.add(move))
    return () => followers.delete(move)
  }

  destroy(): void {
    this.#doc.off('beforeObserverCalls', this.#onTransaction)
  }

  readonly #onTransaction = (transaction: Y.Transaction): void => {
    if (transaction.origin === ySyncPluginKey) {
      this.#typing.changed(transaction, this.#read())
      return
    }
    const deletes = transaction.deleteSet.clients.size > 0
    const carries = deletes && !transaction.local && !this.#around.readOnly && this.#typing.touchedBy(transaction)
    for (const [field, view] of this.#views) {
      const { binding } = (ySyncPluginKey.getState(view.state) ?? {}) as { binding?: Binding | null }
      if (!binding || view.isDestroyed) continue
      const selection = binding.beforeTransactionSelection
      if (selection) {
        // With them y-tiptap doubts each position in a changed block, and takes the next block of the same text.
        selection.absAnchor = null
        selection.absHead = null
      }
      if (!deletes) continue
      let rewrite: Rewrite | null = null
      const read = (): Rewrite => {
        rewrite ??= new Rewrite(field, transaction, view.state.schema)
        return rewrite
      }
      if (carries) carry(this.#doc, read(), this.#typing, this.#around.undoManager)
      this.#move(field, binding, (position) =>
        carries || isDisturbed(position, transaction) ? read().follow(position) : position,
      )
    }
  }

  #read(): Read[] {
    return [...this.#views].map(([field, view]) => ({ field, schema: view.state.schema }))
  }

  #move(field: Y.XmlFragment, binding: Binding, follow: Follow): void {
    const { undoStack, redoStack } = this.#around.undoManager
    const recorded = [...undoStack.slice(-undoDepth), ...redoStack.slice(-undoDepth)].map(({ meta }) =>
      meta.get(binding),
    )
    for (const selection of [binding.beforeTransactionSelection, ...recorded] as (
      | RecordedSelection
      | null
      | undefined
    )[]) {
      if (selection?.anchor) selection.anchor = follow(selection.anchor)
      if (selection?.head) selection.head = follow(selection.head)
    }
    for (const move of this.#followers.get(field) ?? []) move(follow)
  }
}
