import { randomId, UserId } from '@weft/shared/kit'
import { afterEach, expect, test, vi } from 'vitest'
import { MarkdownThread } from './markdownThread.ts'

const [ann, eve] = [UserId.parse(randomId()), UserId.parse(randomId())]
const threads: MarkdownThread[] = []
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.stop()))
})
const started = (patience: number, idleEnd?: number) => {
  const thread = new MarkdownThread(patience, idleEnd)
  threads.push(thread)
  return thread
}

const request = (markdown: string) =>
  ({ kind: 'first-text', request: { kind: 'rich', title: '', markdown, byServer: true } }) as const

test('people take turns: one text does not wait for twenty of somebody else', async () => {
  const thread = started(60_000)
  const order: string[] = []
  const run = (who: UserId, name: string) => thread.run(who, request(`# ${name}`)).then(() => order.push(name))
  const all = Array.from({ length: 20 }, (_, n) => run(eve, `eve ${n}`))
  await Promise.all([...all, run(ann, 'ann')])
  expect(order.indexOf('ann')).toBeLessThanOrEqual(2)
  expect(order.filter((name) => name !== 'ann')).toEqual(all.map((_, n) => `eve ${n}`))
})

test('[LIMIT-1] somebody who asks without an end is refused; the others are not', async () => {
  const thread = started(60_000)
  const hers = await Promise.allSettled([
    ...Array.from({ length: 150 }, () => thread.run(eve, request('x'))),
    thread.run(ann, request('# Mine')),
  ])
  const refused = hers.flatMap((end) => (end.status === 'rejected' ? [end.reason.id] : []))
  expect(refused).toEqual(Array(49).fill('too-many'))
  expect(hers.at(-1)).toMatchObject({ status: 'fulfilled', value: { written: { title: 'Mine' } } })
})

test('[LIMIT-1] what takes too long ends alone', async () => {
  const thread = started(1_500)
  const long = thread.run(eve, request('- a\n'.repeat(400_000)))
  const next = thread.run(ann, request('# Next'))
  await expect(long).rejects.toMatchObject({ id: 'too-large' })
  expect((await next).written?.title).toBe('Next')
})

test('[LIMIT-3] a text that cannot be read is an error of its own', async () => {
  const thread = started(60_000)
  await expect(thread.run(eve, { kind: 'export', state: Uint8Array.of(255, 255) })).rejects.toThrow()
  expect((await thread.run(ann, request('# Next'))).written?.title).toBe('Next')
})

test('a thread without work is ended, and the next text gets a new one', async () => {
  const thread = started(60_000, 1)
  for (const name of ['one', 'two']) {
    expect((await thread.run(ann, request(`# ${name}`))).written?.title).toBe(name)
    await vi.waitFor(() => expect(thread.holdsThread).toBe(false), { timeout: 20_000, interval: 5 })
  }
})

test('a stop refuses what runs and what waits', async () => {
  const thread = started(60_000)
  const all = [1, 2, 3].map(() => thread.run(eve, request('- a\n'.repeat(100_000))))
  const ends = Promise.allSettled(all)
  await thread.stop()
  for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { id: 'storage-stopped' } })
  await expect(thread.run(eve, request('x'))).rejects.toMatchObject({ id: 'storage-stopped' })
})
