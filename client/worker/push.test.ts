import { expect, test } from 'vitest'
import { openPlace, readPush } from './push.ts'

const push = { title: 'Ann mentioned you', body: 'Twill', path: '/w/a/d/b?mention=c', tag: 'a-tag' }

test('a push is read; what is not one, or leads elsewhere, is not followed', () => {
  expect(readPush(JSON.stringify({ ...push, notificationId: 'x' }))).toEqual(push)
  expect(readPush('')).toBeNull()
  expect(readPush('null')).toBeNull()
  expect(readPush('{"title":5}')).toBeNull()
  for (const path of ['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', 5]) {
    expect(readPush(JSON.stringify({ ...push, path }))?.path).toBe('/')
  }
})

/** As the browser gives it to a worker, with pages that note what they are told. */
function open(...pages: { focused: boolean; visibilityState: string }[]) {
  const told: string[] = []
  const clients = {
    matchAll: async () =>
      pages.map((page, index) => ({
        ...page,
        postMessage: ({ path }: { path: string }) => told.push(`${index}: ${path}`),
        focus: async () => told.push(`${index}: focus`),
      })),
    openWindow: async (path: string) => told.push(`new: ${path}`),
  }
  return { told, clients: clients as unknown as Parameters<typeof openPlace>[0] }
}

test('a click goes there in the page that one has in front, else in one that is open, else in a new one', async () => {
  const [hidden, shown, front] = [
    { focused: false, visibilityState: 'hidden' },
    { focused: false, visibilityState: 'visible' },
    { focused: true, visibilityState: 'visible' },
  ]
  const three = open(hidden, shown, front)
  await openPlace(three.clients, '/w/a')
  expect(three.told).toEqual(['2: /w/a', '2: focus'])
  const two = open(hidden, shown)
  await openPlace(two.clients, '/w/a')
  expect(two.told).toEqual(['1: /w/a', '1: focus'])
  const none = open()
  await openPlace(none.clients, '/w/a')
  await openPlace(none.clients, 'https://elsewhere.example')
  expect(none.told).toEqual(['new: /w/a', 'new: /'])
})
