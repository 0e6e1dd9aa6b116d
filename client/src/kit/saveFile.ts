const forbidden = /[\\/:*?"<>|\p{Cc}]+/gu

/** Has the browser fetch a file of the server's for the person, however long; named by the server unless by `name`. */
export function download(url: string, name = ''): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

/** Hands a text to the person as a download. */
export function saveFile(name: string, text: string, type = 'text/markdown'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  download(url, name)
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A file name of a document's title. */
export const markdownName = (title: string): string =>
  `${title.replace(forbidden, ' ').replace(/\s+/g, ' ').trim().slice(0, 100) || 'document'}.md`
