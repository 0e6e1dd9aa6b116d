/** Shows a picture over the page, as large as it is or as fits. Escape, a click and the button close it. */
export function showLightbox(image: HTMLImageElement, texts: { close: string }): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'weft-lightbox'
  dialog.setAttribute('aria-label', image.alt)
  const large = document.createElement('img')
  large.src = image.src
  large.alt = image.alt
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = '×'
  close.setAttribute('aria-label', texts.close)
  dialog.append(large, close)
  dialog.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
