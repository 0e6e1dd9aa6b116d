import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { NodeSelection } from '@tiptap/pm/state'
import type { NodeView } from '@tiptap/pm/view'
import type { PictureAttributes } from '@weft/shared/editor'
import { showLightbox } from './lightbox.ts'
import { PictureSource } from './PictureSource.ts'
import type { Pictures } from './Pictures.ts'
import type { PictureTexts } from './pictureTexts.ts'
import { dragged, sizeOf, smallest, stepped } from './resizing.ts'

interface PictureViewInput {
  node: Node
  editor: Editor
  getPos(): number | undefined
  pictures: Pictures | null
  texts: PictureTexts
}

/** Said on the editor when somebody asks to describe the selected picture; its menu listens. */
export const describeEvent = 'weft-describe-picture'

function element<K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.className = className
  return made
}

function button(className: string, text: string, press: () => void): HTMLButtonElement {
  const made = element('button', className)
  made.type = 'button'
  made.textContent = text
  made.addEventListener('click', press)
  return made
}

/** A picture in the text: its place is kept before it has arrived, and what has become of it is said over that place. */
export class PictureView implements NodeView {
  readonly dom = element('figure', 'weft-picture')
  readonly #frame = element('div', 'weft-picture-frame')
  readonly #image = element('img', 'weft-picture-image')
  readonly #word = element('div', 'weft-picture-word')
  readonly #bar = element('progress', 'weft-picture-progress')
  readonly #caption = element('figcaption', 'weft-picture-caption')
  readonly #handle = element('div', 'weft-picture-handle')
  readonly #describe: HTMLButtonElement
  readonly #input: PictureViewInput
  readonly #source: PictureSource
  readonly #stop: () => void
  #node: Node
  #said = ''

  constructor(input: PictureViewInput) {
    const { node, editor, pictures, texts } = input
    this.#input = input
    this.#node = node
    this.dom.contentEditable = 'false'
    this.#image.decoding = 'async'
    this.#image.draggable = false
    this.#word.setAttribute('role', 'status')
    this.#describe = button('weft-picture-describe', texts.describe, () => {
      this.#select()
      editor.view.dom.dispatchEvent(new CustomEvent(describeEvent))
    })
    this.#frame.append(this.#image, this.#word, this.#describe, this.#handle)
    this.dom.append(this.#frame, this.#caption)
    this.#makeHandle()
    this.#image.addEventListener('click', () => {
      if (!editor.isEditable) this.#open()
    })
    this.#image.addEventListener('dblclick', () => this.#open())
    this.#source = new PictureSource(this.#image, pictures, () => this.#say())
    this.#stop = pictures?.subscribe(() => this.#say()) ?? (() => undefined)
    this.#draw()
  }

  get #attrs(): PictureAttributes {
    return this.#node.attrs as PictureAttributes
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#draw()
    return true
  }

  selectNode(): void {
    this.dom.toggleAttribute('data-selected', true)
  }

  deselectNode(): void {
    this.dom.toggleAttribute('data-selected', false)
  }

  stopEvent({ target }: Event): boolean {
    return target instanceof Element && target.closest('button, .weft-picture-handle') !== null
  }

  ignoreMutation(): boolean {
    return true
  }

  destroy(): void {
    this.#stop()
    this.#source.end()
  }

  #draw(): void {
    const { alt, caption, width, height, size, align } = this.#attrs
    const { editor, texts } = this.#input
    this.#image.alt = alt ?? (editor.isEditable ? texts.unnamed : '')
    this.dom.dataset.align = align ?? 'middle'
    this.#frame.style.width = size === null ? (width === null ? 'auto' : `min(100%, ${width}px)`) : `${size}%`
    this.#frame.style.aspectRatio = width === null || height === null ? '' : `${width} / ${height}`
    this.#caption.textContent = caption ?? ''
    this.#caption.hidden = caption === null
    this.#describe.hidden = !editor.isEditable || alt !== null
    this.#handle.hidden = !editor.isEditable
    this.#handle.setAttribute('aria-valuenow', String(this.#size()))
    this.#source.show(this.#attrs)
    this.#say()
  }

  /** What has become of the picture, and what can be done about it. */
  #say(): void {
    const { pictures, texts, editor } = this.#input
    const { fileId, src } = this.#attrs
    const way = fileId === null ? null : (pictures?.onItsWay(fileId) ?? null)
    const { state } = this.#source
    const missing = fileId === null && src !== null ? texts.elsewhere : navigator.onLine ? texts.absent : texts.offline
    const word =
      way?.state === 'refused'
        ? (way.refusal?.message ?? texts.refused)
        : way?.state === 'sending'
          ? way.progress === null
            ? texts.waiting
            : texts.sending
          : { loading: '', shown: '', absent: missing, nothing: texts.nothing }[state]
    this.dom.dataset.state = way?.state ?? state
    if (way?.state === 'sending' && way.progress !== null) this.#bar.value = way.progress
    // Screen readers say what is new: a bar that moves is not.
    const said = `${way?.state}|${word}`
    if (said === this.#said) return
    this.#said = said
    const doing = [
      ...(way?.state === 'sending' && fileId !== null
        ? [button('weft-picture-button', texts.cancel, () => this.#cancel(fileId))]
        : []),
      ...(way?.state === 'refused' && fileId !== null
        ? [
            button('weft-picture-button', texts.retry, () => pictures?.retry(fileId)),
            button('weft-picture-button', texts.remove, () => this.#cancel(fileId)),
          ]
        : []),
    ]
    this.#word.replaceChildren(
      ...(word === '' ? [] : [document.createTextNode(word)]),
      ...(way?.state === 'sending' && way.progress !== null ? [this.#bar] : []),
      ...(editor.isEditable ? doing : []),
    )
  }

  #cancel(fileId: string): void {
    const { editor, getPos, pictures } = this.#input
    pictures?.cancel(fileId)
    const at = getPos()
    if (at !== undefined && editor.isEditable)
      editor.view.dispatch(editor.state.tr.delete(at, at + this.#node.nodeSize))
    editor.view.focus()
  }

  #select(): void {
    const { editor, getPos } = this.#input
    const at = getPos()
    if (at === undefined) return
    editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, at)))
    editor.view.focus()
  }

  #open(): void {
    if (this.#source.state === 'shown') showLightbox(this.#image, this.#input.texts)
  }

  #size(): number {
    const { size, width } = this.#attrs
    return sizeOf(size, width, this.dom.clientWidth)
  }

  #resize(size: number): void {
    const { editor, getPos } = this.#input
    const at = getPos()
    if (at === undefined || !editor.isEditable || size === this.#attrs.size) return
    editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'size', size))
  }

  /** A slider at the picture's edge: dragged, or moved by its keys. */
  #makeHandle(): void {
    const handle = this.#handle
    handle.tabIndex = 0
    handle.setAttribute('role', 'slider')
    handle.setAttribute('aria-label', this.#input.texts.resize)
    handle.setAttribute('aria-valuemin', String(smallest))
    handle.setAttribute('aria-valuemax', '100')
    handle.addEventListener('keydown', (event) => {
      const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
      if (direction !== 1 && direction !== -1) return
      event.preventDefault()
      this.#resize(stepped(this.#size(), direction))
    })
    handle.addEventListener('pointerdown', (down) => {
      if (down.button !== 0) return
      down.preventDefault()
      handle.setPointerCapture(down.pointerId)
      const [start, column] = [this.#size(), this.dom.clientWidth]
      const sizeAt = ({ clientX }: PointerEvent): number =>
        dragged(start, clientX - down.clientX, column, this.#attrs.align === null)
      const follow = (move: PointerEvent): void => {
        this.#frame.style.width = `${sizeAt(move)}%`
      }
      const finish = (up: PointerEvent): void => {
        handle.removeEventListener('pointermove', follow)
        handle.removeEventListener('pointerup', finish)
        handle.removeEventListener('pointercancel', finish)
        if (up.type === 'pointerup') this.#resize(sizeAt(up))
        this.#draw()
      }
      handle.addEventListener('pointermove', follow)
      handle.addEventListener('pointerup', finish)
      handle.addEventListener('pointercancel', finish)
    })
  }
}
