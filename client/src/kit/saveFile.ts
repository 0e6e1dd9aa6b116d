const forbidden = /[\\/:*?"<>|\p{Cc}]+/gu

/** Hands a text to the person as a download. */
export function saveFile(name: string, text: string, type = 'text/markdown'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A file name of a document's title. */
export const markdownName = (title: string): string =>
  `${title.replace(forbidden, ' ').replace(/\s+/g, ' ').trim().slice(0, 100) || 'document'}.md`
