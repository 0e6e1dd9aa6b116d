import type { GoWord } from './words.ts'

/** What the server pushes (`PushMessage` in `shared`), as far as it is shown. */
export interface Push {
  title: string
  body: string
  /** A path of this server; a click opens it. */
  path: string
  /** A later one with the same tag takes this one's place. */
  tag: string
}

/** A path of our own, and no other address. */
const isOwnPath = (path: string): boolean => path.startsWith('/') && !path.startsWith('//') && !path.includes('\\')

/** Null: nothing that can be shown. */
export function readPush(text: string): Push | null {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return null
  }
  const said = new Map(Object.entries(Object(data)))
  const word = (name: string): string => {
    const value = said.get(name)
    return typeof value === 'string' ? value : ''
  }
  const [title, body, path, tag] = [word('title'), word('body'), word('path'), word('tag')]
  return title === '' ? null : { title, body, path: isOwnPath(path) ? path : '/', tag }
}

/** Browsers insist on something to see for each push: one that cannot be read says that there is something. */
export const showPush = (registration: ServiceWorkerRegistration, push: Push | null): Promise<void> =>
  registration.showNotification(push?.title ?? 'Weft', {
    icon: '/icons/icon-192.png',
    data: push?.path ?? '/notifications',
    ...(push === null ? {} : { body: push.body }),
    ...(push === null || push.tag === '' ? {} : { tag: push.tag }),
  })

/** Goes to the place in a page that is open, or opens one. */
export async function openPlace(clients: Clients, data: unknown): Promise<void> {
  const path = typeof data === 'string' && isOwnPath(data) ? data : '/'
  const pages = await clients.matchAll({ type: 'window' })
  const page =
    pages.find(({ focused }) => focused) ??
    pages.find(({ visibilityState }) => visibilityState === 'visible') ??
    pages[0]
  if (page === undefined) {
    await clients.openWindow(path)
    return
  }
  const word: GoWord = { type: 'go', path }
  page.postMessage(word)
  await page.focus()
}
