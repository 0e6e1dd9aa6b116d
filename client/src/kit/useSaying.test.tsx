import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { startI18n } from './i18n.ts'
import { useSaying } from './useSaying.ts'

type Wishes = { tea: boolean; milk: boolean }
const queryKey = ['wishes']

/** A server that answers when it is told to. */
function kitchen() {
  let kept: Wishes = { tea: false, milk: false }
  const waiting: (() => void)[] = []
  const asking = <T,>(answer: () => T) =>
    new Promise<T>((resolve, reject) =>
      waiting.push(() => {
        try {
          resolve(answer())
        } catch (error) {
          reject(error)
        }
      }),
    )
  return {
    waiting,
    kept: () => kept,
    /** What it tells is of the moment of the question, however late it answers. */
    ask() {
      const now = kept
      return asking(() => now)
    },
    send: (change: Partial<Wishes>) =>
      asking(() => {
        if ('milk' in change && !kept.tea) throw new Error('No milk without tea.')
        kept = { ...kept, ...change }
        return kept
      }),
    /** Answers who has waited longest, or the one at `index`. */
    async answer(index = 0) {
      await waitFor(() => expect(waiting.length).toBeGreaterThan(index))
      for (const one of waiting.splice(index, 1)) one()
    },
  }
}

function Boxes({ server, seen }: { server: ReturnType<typeof kitchen>; seen: string[] }) {
  const { data } = useQuery({ queryKey, queryFn: () => server.ask() })
  const { said, say } = useSaying({
    scope: 'wishes',
    queryKey,
    send: (change: Partial<Wishes>) => server.send(change),
    kept: (answer: Wishes) => answer,
  })
  if (data === undefined) return null
  const shown: Wishes = Object.assign({}, data, ...said)
  seen.push(`${shown.tea} ${shown.milk}`)
  return (['tea', 'milk'] as const).map((name) => (
    <input
      key={name}
      type="checkbox"
      aria-label={name}
      checked={shown[name]}
      onChange={({ target }) => say({ [name]: target.checked })}
    />
  ))
}

afterEach(cleanup)

const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name })

async function open() {
  const server = kitchen()
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const seen: string[] = []
  render(
    <QueryClientProvider client={client}>
      <Boxes server={server} seen={seen} />
    </QueryClientProvider>,
  )
  await server.answer()
  await screen.findByRole('checkbox', { name: 'tea' })
  return { server, client, seen }
}

test('what was said shows in the same render, and stays while older questions are answered', async () => {
  const { server, client, seen } = await open()
  void client.refetchQueries({ queryKey })
  await waitFor(() => expect(server.waiting).toHaveLength(1))
  fireEvent.click(box('tea'))
  expect(box('tea').checked).toBe(true)
  fireEvent.click(box('milk'))
  expect(box('milk').checked).toBe(true)
  seen.length = 0
  // The change is answered, then the question from before it; the second change was waiting for the first.
  await server.answer(1)
  await server.answer(0)
  await server.answer()
  await waitFor(() => expect(client.getQueryData(queryKey)).toEqual({ tea: true, milk: true }))
  await waitFor(() => expect(client.isMutating()).toBe(0))
  expect(server.kept()).toEqual({ tea: true, milk: true })
  expect(new Set(seen)).toEqual(new Set(['true true']))
})

test('what the server refuses is taken back', async () => {
  await startI18n()
  const { server, client } = await open()
  fireEvent.click(box('milk'))
  expect(box('milk').checked).toBe(true)
  await server.answer()
  await waitFor(() => expect(box('milk').checked).toBe(false))
  expect(client.getQueryData(queryKey)).toEqual({ tea: false, milk: false })
})
