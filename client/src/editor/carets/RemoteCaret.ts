import type { AwarenessUser } from '@weft/shared/presence'
import type * as Y from 'yjs'
import type { Rect } from './selectionRects.ts'

/** The name shows on activity and fades after this. Milliseconds (ux: Presence). */
const nameShownFor = 2_000

/** What a draw reads before anything is written, in the layer's coordinates. */
export interface CaretLook {
  caret: { left: number; top: number; height: number; roomAbove: boolean } | null
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
    this.element.style.setProperty('--person', user.color)
    for (const line of this.#selection) line.style.setProperty('--person', user.color)
    this.#name.textContent = user.name
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

  draw(layer: HTMLElement, look: CaretLook): void {
    const { caret, selection } = look
    this.element.hidden = caret === null
    if (caret) {
      this.element.style.transform = `translate(${caret.left}px, ${caret.top}px)`
      this.element.style.height = `${caret.height}px`
      this.element.classList.toggle('is-below', !caret.roomAbove)
      this.element.classList.toggle('is-left', caret.left > layer.clientWidth / 2)
      if (this.element.parentNode !== layer) layer.append(this.element)
    }
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

  remove(): void {
    clearTimeout(this.#fade)
    this.element.remove()
    for (const line of this.#selection) line.remove()
    this.#selection.length = 0
  }
}
