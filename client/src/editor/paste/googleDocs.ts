/** The address behind the one by which Google counts clicks. */
function directAddress(href: string): string | null {
  try {
    const url = new URL(href)
    return url.hostname === 'www.google.com' && url.pathname === '/url' ? url.searchParams.get('q') : null
  } catch {
    return null
  }
}

/** A list whose items are boxes becomes a task list as the editor reads it. */
function makeTasks(list: Element): void {
  const items = [...list.children]
  if (items.length === 0 || !items.every((item) => item.getAttribute('role') === 'checkbox')) return
  list.setAttribute('data-type', 'taskList')
  for (const item of items) {
    item.setAttribute('data-type', 'taskItem')
    item.setAttribute('data-checked', String(item.getAttribute('aria-checked') === 'true'))
    // The box is a picture.
    for (const picture of item.querySelectorAll(':scope > img, :scope > label')) picture.remove()
  }
}

/** Lists in lists, boxes and addresses of Google Docs. */
export function mendGoogleDocs(body: HTMLElement): void {
  for (const link of body.querySelectorAll('a[href]')) {
    const direct = directAddress(link.getAttribute('href') ?? '')
    if (direct) link.setAttribute('href', direct)
  }
  // A list of the next level stands beside the item that it belongs to.
  for (const list of body.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) list.previousElementSibling?.append(list)
  for (const list of body.querySelectorAll('ul')) makeTasks(list)
  // The whole is wrapped in a mark that marks nothing.
  for (const wrapper of body.querySelectorAll('b[id^="docs-internal-guid-"]'))
    wrapper.replaceWith(...wrapper.childNodes)
}
