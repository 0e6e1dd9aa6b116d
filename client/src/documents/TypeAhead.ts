/** Nobody types for longer than this before they see that nothing opens; ms. */
const patience = 30_000

/**
 * Takes the focus, and what is typed, from the moment a document is made until its title is there: whoever presses `n`
 * and writes on loses no key. A real field, so that input methods and a phone's keyboard work in it too.
 */
export class TypeAhead {
  readonly #documentId: string
  readonly #field = document.createElement('textarea')
  readonly #watcher = new MutationObserver(() => this.#look())
  readonly #timer: ReturnType<typeof setTimeout>
  #composing = false
  #ended = false

  /** `label` names the field that the text is meant for. */
  constructor(documentId: string, label: string) {
    this.#documentId = documentId
    const field = this.#field
    field.setAttribute('aria-label', label)
    field.autocapitalize = 'sentences'
    // Below 16 px iOS zooms into a field that gets the focus.
    field.style.fontSize = '16px'
    field.className = 'sr-only'
    field.addEventListener('compositionstart', () => {
      this.#composing = true
    })
    field.addEventListener('compositionend', () => {
      this.#composing = false
      this.#look()
    })
    field.addEventListener('blur', ({ relatedTarget }) => {
      // Whoever writes elsewhere by now does not want the caret back. A button may only have got it from a closing drawer.
      const elsewhere = relatedTarget instanceof Element && relatedTarget.matches('input, textarea, [contenteditable]')
      if (elsewhere && field.value === '') this.end()
    })
    document.body.append(field)
    field.focus({ preventScroll: true })
    this.#watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ['contenteditable'] })
    this.#timer = setTimeout(() => this.end(), patience)
    this.#look()
  }

  /** Gives up; text that has no title to go to is dropped. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#timer)
    this.#watcher.disconnect()
    this.#field.remove()
  }

  #look(): void {
    if (this.#ended || this.#composing) return
    const title = document.querySelector<HTMLElement>(`[data-document="${this.#documentId}"] [contenteditable="true"]`)
    if (title === null) return
    const typed = this.#field.value
    this.end()
    title.focus()
    write(typed)
  }
}

/** Types into whatever has the focus: lines as text, line breaks as the Enter key, which leads from title to body. */
function write(text: string): void {
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) {
      const init = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
    }
    // Deprecated, and the only way to put text into any editor as if it was typed, its undo included.
    if (line !== '') document.execCommand('insertText', false, line)
  }
}
