import { waitFor } from '@testing-library/react'
import { WeftError } from '@weft/shared/kit'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createQueryClient, type LastLists } from './queryCache.ts'

const kept = { books: z.object({ id: z.string(), pages: z.number() }) }

function device(lists: unknown = null): LastLists & { lists: unknown } {
  return {
    lists,
    readLists() {
      return Promise.resolve(this.lists)
    },
    async writeLists(written) {
      this.lists = structuredClone(written)
    },
  }
}
const open = (last: LastLists, onSignedOut = () => {}) => createQueryClient(last, kept, onSignedOut)

test('the next page shows kept lists as they were last seen, and takes them for old', async () => {
  const last = device()
  const first = await open(last)
  first.client.setQueryData(['books', 'w1'], [{ id: 'a', pages: 1 }])
  first.client.setQueryData(['secrets'], ['not kept'])
  await waitFor(() => expect(JSON.stringify(last.lists)).toContain('"pages":1'))
  first.stop()
  expect(JSON.stringify(last.lists)).not.toContain('not kept')
  const second = await open(last)
  expect(second.client.getQueryData(['books', 'w1'])).toEqual([{ id: 'a', pages: 1 }])
  expect(second.client.getQueryState(['books', 'w1'])?.isInvalidated).toBe(true)
  second.stop()
})

test('entries of a form that this version does not read are left out, the rest of the list stays', async () => {
  const last = device({
    version: 1,
    queries: [
      {
        queryKey: ['books', 'w1'],
        at: 5,
        data: [
          { id: 'a', pages: 'many' },
          { id: 'b', pages: 2 },
        ],
      },
      { queryKey: ['constructor'], at: 5, data: [1] },
      { queryKey: ['books', 'w2'], at: 5, data: 'no list' },
    ],
  })
  const { client, stop } = await open(last)
  expect(client.getQueryData(['books', 'w1'])).toEqual([{ id: 'b', pages: 2 }])
  expect(client.getQueryData(['constructor'])).toBeUndefined()
  expect(client.getQueryData(['books', 'w2'])).toBeUndefined()
  stop()
})

test.each([
  ['nothing', null],
  ['another version', { version: 2, queries: [] }],
  ['something else', 'x'],
])('starts empty from %s', async (_what, lists) => {
  const { client, stop } = await open(device(lists))
  expect(client.getQueryCache().getAll()).toEqual([])
  stop()
})

test('a list that is refused because nobody is signed in is told', async () => {
  const signedOut = vi.fn()
  const { client, stop } = await open(device(), signedOut)
  const asking = client.fetchQuery({
    queryKey: ['books'],
    queryFn: () => Promise.reject(new WeftError('signed-out', 'sign in')),
  })
  await expect(asking).rejects.toThrow('sign in')
  expect(signedOut).toHaveBeenCalledOnce()
  stop()
})
