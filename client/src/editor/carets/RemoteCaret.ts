import type { AwarenessUser } from '@weft/shared/presence'
import type * as Y from 'yjs'
import type { Rect } from './selectionRects.ts'

/** The name shows on activity and fades after this. Milliseconds (ux: Presence). */
const nameShownFor = 2_000

export interface CaretPlace {
  left: number
  top: number
  height: number
  /** For the name, which else stands below. */
  roomAbove: boolean
  /** In the right half, where the name stands to the left. */
  onRight: boolean
}

/** What a draw reads before anything is written, in the layer's coordinates. */
export interface CaretLook {
  caret: CaretPlace | null
  selection: readonly Rect[]
}

/** Another person's caret in one field: where it is, and the elements that show it. */
export class RemoteCaret {
  anchor: number | null = null
  head: number | null = null
  /** The relative positions have to be resolved again. */
  dirty = true
  relativeAnchor: Y.RelativePosition
  relativeHead: Y.RelativePosition
  readonly element = document.createElement('div')
  readonly #name = document.createElement('span')
  readonly #selection: HTMLElement[] = []
  #introduced: { name: string; color: string } | null = null
  #shown: CaretPlace | null = null
  #fade: ReturnType<typeof setTimeout> | undefined

  constructor(user: AwarenessUser, anchor: Y.RelativePosition, head: Y.RelativePosition) {
    this.relativeAnchor = anchor
    this.relativeHead = head
    this.element.className = 'weft-caret'
    this.#name.className = 'weft-caret-name'
    this.element.append(this.#name)
    this.introduce(user)
  }

  introduce(user: AwarenessUser): void {
    const { name, color } = user
    if (this.#introduced?.name === name && this.#introduced.color === color) return
    this.#introduced = { name, color }
    this.element.style.setProperty('--person', color)
    for (const line of this.#selection) line.style.setProperty('--person', color)
    this.#name.textContent = name
  }

  moveTo(anchor: Y.RelativePosition, head: Y.RelativePosition): void {
    this.relativeAnchor = anchor
    this.relativeHead = head
    this.dirty = true
    this.showName()
  }

  showName(): void {
    this.element.classList.add('is-active')
    clearTimeout(this.#fade)
    this.#fade = setTimeout(() => this.element.classList.remove('is-active'), nameShownFor)
  }

  draw(layer: HTMLElement, { caret, selection }: CaretLook): void {
    this.#drawCaret(layer, caret)
    while (this.#selection.length > selection.length) this.#selection.pop()?.remove()
    selection.forEach((rect, i) => {
      let line = this.#selection[i]
      if (line === undefined) {
        line = document.createElement('div')
        line.className = 'weft-caret-selection'
        line.style.setProperty('--person', this.element.style.getPropertyValue('--person'))
        layer.prepend(line)
        this.#selection.push(line)
      }
      line.style.transform = `translate(${rect.left}px, ${rect.top}px)`
      line.style.width = `${rect.width}px`
      line.style.height = `${rect.height}px`
    })
  }

  // Only what has changed is written: most of fifty carets stand still in a frame.
  #drawCaret(layer: HTMLElement, caret: CaretPlace | null): void {
    const shown = this.#shown
    this.#shown = caret
    if (caret === null) {
      this.element.hidden = true
      return
    }
    if (shown === null) this.element.hidden = false
    if (shown?.left !== caret.left || shown.top !== caret.top)
      this.element.style.transform = `translate(${caret.left}px, ${caret.top}px)`
    if (shown?.height !== caret.height) this.element.style.height = `${caret.height}px`
    if (shown?.roomAbove !== caret.roomAbove) this.element.classList.toggle('is-below', !caret.roomAbove)
    if (shown?.onRight !== caret.onRight) this.element.classList.toggle('is-left', caret.onRight)
    if (this.element.parentNode !== layer) layer.append(this.element)
  }

  remove(): void {
    clearTimeout(this.#fade)
    this.element.remove()
    for (const line of this.#selection) line.remove()
    this.#selection.length = 0
  }
}
