import type { EditorView } from '@tiptap/pm/view'

export interface Rect {
  left: number
  top: number
  width: number
  height: number
}

/** More lines than this of one selection are not drawn; a screen shows fewer. */
const rectLimit = 200

/** One rectangle for each line: client rects of one line (bold, code, links within it) overlap and would show twice. */
export function joinLines(rects: readonly Rect[]): Rect[] {
  const lines: Rect[] = []
  for (const rect of [...rects].sort((a, b) => a.top - b.top || a.left - b.left)) {
    if (rect.width < 1 || rect.height < 1) continue
    const line = lines.at(-1)
    const shared = line ? Math.min(line.top + line.height, rect.top + rect.height) - Math.max(line.top, rect.top) : 0
    if (line && shared > Math.min(line.height, rect.height) / 2) {
      const right = Math.max(line.left + line.width, rect.left + rect.width)
      const bottom = Math.max(line.top + line.height, rect.top + rect.height)
      line.left = Math.min(line.left, rect.left)
      line.top = Math.min(line.top, rect.top)
      line.width = right - line.left
      line.height = bottom - line.top
    } else lines.push({ left: rect.left, top: rect.top, width: rect.width, height: rect.height })
  }
  return lines
}

/** The lines of a selection, in client coordinates; block by block, so that the boxes of whole blocks do not count. */
export function selectionRects(view: EditorView, from: number, to: number): Rect[] {
  const rects: Rect[] = []
  view.state.doc.nodesBetween(from, to, (node, pos) => {
    if (rects.length > rectLimit) return false
    if (!node.isTextblock) return true
    const start = view.domAtPos(Math.max(from, pos + 1))
    const end = view.domAtPos(Math.min(to, pos + 1 + node.content.size))
    const range = view.dom.ownerDocument.createRange()
    range.setStart(start.node, start.offset)
    range.setEnd(end.node, end.offset)
    rects.push(...joinLines(Array.from(range.getClientRects())))
    return false
  })
  return rects.slice(0, rectLimit)
}
