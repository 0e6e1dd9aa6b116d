import type { Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { DocumentAwareness } from '@weft/shared/presence'
import type { Awareness } from 'y-protocols/awareness'
import type { Follow } from '../rewritten/Rewrites.ts'
import { absoluteOf, isStructural, mapByDifference, readRelative, relativeOf } from './positions.ts'
import { type CaretLook, RemoteCaret } from './RemoteCaret.ts'
import { selectionRects } from './selectionRects.ts'

/** Carets this far outside of the visible text are not measured. In positions. */
const margin = 200

/** Above it, a name would lie under the page's header. In CSS pixels of the window. */
const nameRoom = 72

/** The positions between the window's edges, and where the text stood in it then. */
interface Sight {
  from: number
  to: number
  top: number
  bottom: number
  innerHeight: number
}

/**
 * The carets of others in one field, drawn over the text so that they never shift it. Positions are cached: local
 * changes map them, changes from Yjs resolve them again (their mapping is of no use: y-sync replaces content).
 */
export class CaretLayer {
  readonly #carets = new Map<number, RemoteCaret>()
  readonly #changes: Transaction[] = []
  #frame = 0
  /** What was in sight at the last draw. Null: the text has changed in a way that its positions cannot follow. */
  #sight: Sight | null = null
  readonly #view: EditorView
  readonly #layer: HTMLElement
  readonly #field: 'title' | 'body'
  readonly #awareness: Awareness
  readonly #resize: ResizeObserver
  readonly #redraw = (): void => this.#schedule()

  constructor(view: EditorView, layer: HTMLElement, field: 'title' | 'body', awareness: Awareness) {
    this.#view = view
    this.#layer = layer
    this.#field = field
    this.#awareness = awareness
    this.#resize = new ResizeObserver(this.#redraw)
    this.#resize.observe(view.dom)
    window.addEventListener('scroll', this.#redraw, { capture: true, passive: true })
    document.fonts?.addEventListener('loadingdone', this.#redraw)
    awareness.on('change', this.#onAwareness)
    this.#read([...awareness.getStates().keys()])
  }

  /** Called when text with carets in it has been written anew, before the view shows it. */
  follow(follow: Follow): void {
    for (const caret of this.#carets.values()) {
      caret.relativeAnchor = follow(caret.relativeAnchor)
      caret.relativeHead = follow(caret.relativeHead)
    }
  }

  /** Called for each transaction, in order, before `update`. */
  apply(transaction: Transaction): void {
    if (transaction.docChanged) this.#changes.push(transaction)
  }

  /** Called when the view shows the applied transactions, and y-sync has written local ones into Yjs. */
  update(): void {
    const changes = this.#changes.splice(0)
    if (changes.length === 0) return
    const undone = changes.length === 1 && changes[0]?.getMeta(ySyncPluginKey)?.isUndoRedoOperation === true
    const remote = !undone && changes.some((change) => change.getMeta(ySyncPluginKey)?.isChangeOrigin === true)
    const structural = undone || changes.some(isStructural)
    const mapping = undone
      ? changes.map(mapByDifference)
      : changes.map((change) => (at: number) => change.mapping.map(at, -1))
    for (const caret of this.#carets.values()) {
      if (remote) caret.dirty = true
      else this.#map(caret, mapping, structural)
    }
    if (remote) this.#sight = null
    else if (this.#sight !== null) {
      for (const map of mapping) {
        this.#sight.from = map(this.#sight.from)
        this.#sight.to = map(this.#sight.to)
      }
    }
    this.#schedule()
  }

  #map(caret: RemoteCaret, mapping: readonly ((at: number) => number)[], structural: boolean): void {
    if (caret.dirty || caret.head === null || caret.anchor === null) return
    for (const map of mapping) {
      caret.head = map(caret.head)
      caret.anchor = map(caret.anchor)
    }
    if (!structural) return
    caret.relativeHead = relativeOf(this.#view.state, caret.head) ?? caret.relativeHead
    caret.relativeAnchor = relativeOf(this.#view.state, caret.anchor) ?? caret.relativeAnchor
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame)
    this.#resize.disconnect()
    window.removeEventListener('scroll', this.#redraw, { capture: true })
    document.fonts?.removeEventListener('loadingdone', this.#redraw)
    this.#awareness.off('change', this.#onAwareness)
    for (const caret of this.#carets.values()) caret.remove()
    this.#carets.clear()
  }

  readonly #onAwareness = (change: { added: number[]; updated: number[]; removed: number[] }): void => {
    this.#read([...change.added, ...change.updated, ...change.removed])
  }

  #read(clientIds: readonly number[]): void {
    for (const clientId of clientIds) {
      if (clientId === this.#awareness.clientID) continue
      const parsed = DocumentAwareness.safeParse(this.#awareness.getStates().get(clientId))
      const cursor = parsed.success && parsed.data.cursor?.field === this.#field ? parsed.data.cursor : null
      const anchor = cursor && readRelative(cursor.anchor)
      const head = cursor && readRelative(cursor.head)
      const caret = this.#carets.get(clientId)
      if (!parsed.success || !anchor || !head) {
        caret?.remove()
        this.#carets.delete(clientId)
      } else if (caret) {
        caret.introduce(parsed.data.user)
        caret.moveTo(anchor, head)
      } else {
        const fresh = new RemoteCaret(parsed.data.user, anchor, head)
        fresh.showName()
        this.#carets.set(clientId, fresh)
      }
    }
    this.#schedule()
  }

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#draw()
    })
  }

  #draw(): void {
    if (this.#view.isDestroyed || this.#carets.size === 0) return
    const origin = this.#layer.getBoundingClientRect()
    const visible = this.#visibleRange()
    const looks = Array.from(this.#carets.values(), (caret) => [caret, this.#measure(caret, origin, visible)] as const)
    for (const [caret, look] of looks) caret.draw(this.#layer, look)
  }

  #visibleRange(): { from: number; to: number } {
    const { top, bottom } = this.#view.dom.getBoundingClientRect()
    const { innerHeight } = window
    const known = this.#sight
    const holds = known?.top === top && known.bottom === bottom && known.innerHeight === innerHeight
    const sight = known !== null && holds ? known : { top, bottom, innerHeight, ...this.#lookForSight() }
    this.#sight = sight
    return { from: sight.from - margin, to: sight.to + margin }
  }

  // Two hit tests, each of which costs as much as measuring many carets.
  #lookForSight(): { from: number; to: number } {
    const { dom, state } = this.#view
    const box = dom.getBoundingClientRect()
    const left = box.left + box.width / 2
    const at = (top: number): number | undefined => this.#view.posAtCoords({ left, top })?.pos
    const end = state.doc.content.size
    return {
      from: box.top < 0 ? (at(1) ?? 0) : 0,
      to: box.bottom > window.innerHeight ? (at(window.innerHeight - 1) ?? end) : end,
    }
  }

  #measure(caret: RemoteCaret, origin: DOMRect, visible: { from: number; to: number }): CaretLook {
    const { state } = this.#view
    if (caret.dirty) {
      caret.head = absoluteOf(state, caret.relativeHead)
      caret.anchor = absoluteOf(state, caret.relativeAnchor)
      caret.dirty = false
    }
    const size = state.doc.content.size
    if (caret.head === null || caret.anchor === null || caret.head > size || caret.anchor > size)
      return { caret: null, selection: [] }
    const from = Math.max(visible.from, Math.min(caret.head, caret.anchor))
    const to = Math.min(visible.to, Math.max(caret.head, caret.anchor))
    const selection = from < to ? selectionRects(this.#view, from, to) : []
    const inSight = caret.head >= visible.from && caret.head <= visible.to
    const found = inSight ? this.#view.coordsAtPos(caret.head, -1) : null
    // In closed details text has no place.
    const at = found && found.bottom > found.top ? found : null
    return {
      caret: at && {
        left: at.left - origin.left,
        top: at.top - origin.top,
        height: at.bottom - at.top,
        roomAbove: at.top > nameRoom,
        onRight: at.left - origin.left > origin.width / 2,
      },
      selection: selection.map((rect) => ({ ...rect, left: rect.left - origin.left, top: rect.top - origin.top })),
    }
  }
}
