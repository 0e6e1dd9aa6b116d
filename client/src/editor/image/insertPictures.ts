import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Selection, type Transaction } from '@tiptap/pm/state'
import type { PictureAttributes } from '@weft/shared/editor'
import type { Pictures } from './Pictures.ts'

/** Puts pictures at a place: instead of an empty paragraph, or behind the block there. The caret goes behind them. */
export function pictureTransaction(
  state: EditorState,
  pictures: readonly Partial<PictureAttributes>[],
  at: number,
): Transaction {
  const { tr, doc, schema } = state
  const { image, paragraph } = schema.nodes
  if (image === undefined || paragraph === undefined || pictures.length === 0) return tr
  const nodes: Node[] = pictures.map((attrs) => image.create(attrs))
  const place = doc.resolve(Math.min(at, doc.content.size))
  const block = place.parent
  const isEmpty = block.type === paragraph && block.content.size === 0
  const [from, to] = isEmpty
    ? [place.before(), place.after()]
    : block.isTextblock
      ? [place.after(), place.after()]
      : [place.pos, place.pos]
  // At the end there would be no place to write on.
  const atEnd = to === doc.content.size || doc.resolve(to).nodeAfter === null
  tr.replaceWith(from, to, atEnd ? [...nodes, paragraph.create()] : nodes)
  const behind = tr.mapping.map(to)
  return tr
    .setSelection(Selection.near(tr.doc.resolve(Math.min(behind, tr.doc.content.size)), atEnd ? -1 : 1))
    .scrollIntoView()
}

/** Takes files one after the other; each stands in the text as soon as its size is known. `at`: the selection's end. */
export async function addPictures(
  editor: Editor,
  pictures: Pictures,
  files: readonly File[],
  at?: number,
): Promise<void> {
  let place = at
  const follow = ({ transaction }: { transaction: Transaction }): void => {
    if (place !== undefined) place = transaction.mapping.map(place)
  }
  editor.on('transaction', follow)
  try {
    for (const file of files) {
      const added = await pictures.add(file, file.name)
      if (added === null || editor.isDestroyed) continue
      editor.view.dispatch(pictureTransaction(editor.state, [added], place ?? editor.state.selection.to))
    }
  } finally {
    editor.off('transaction', follow)
  }
  if (!editor.isDestroyed) editor.view.focus()
}

/** Asks for pictures with the browser's own dialog. */
export function pickPictures(picked: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = 'image/png,image/jpeg,image/gif,image/webp,image/avif'
  input.addEventListener('change', () => picked([...(input.files ?? [])]))
  input.click()
}
