import { type DehydratedState, dehydrate, hydrate, QueryCache, QueryClient } from '@tanstack/react-query'
import { WeftError } from '@weft/shared/kit'
import { z } from 'zod'
import { OfflineError } from './api.ts'
import { readStoredJson, writeStored } from './stored.ts'

/** Only its outline is checked: each list is fetched anew right after. */
const LastState = z
  .object({ queries: z.array(z.custom<DehydratedQuery>((query) => typeof query === 'object')) })
  .nullable()
type DehydratedQuery = DehydratedState['queries'][number]

const keyOf = (userId: string): string => `weft-last-${userId}`
/** Written at most this often while lists change; ms. */
const pause = 500

/** Lists as they were last seen are shown at the start, and offline; the server's answer replaces them. */
export function createQueryClient(userId: string, onSignedOut: () => void): { client: QueryClient; stop(): void } {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof WeftError && error.id === 'signed-out') onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        // The server says what changed; the rest is for what was missed while away.
        staleTime: 60_000,
        gcTime: Number.POSITIVE_INFINITY,
        networkMode: 'always',
        retry: (times, error) => times < 2 && !(error instanceof OfflineError) && reactionOf(error) === 'retry',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  try {
    hydrate(client, LastState.parse(readStoredJson(keyOf(userId))) ?? { queries: [] })
    void client.invalidateQueries()
  } catch {
    // Kept by another version of this page: the server has it all.
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    timer = undefined
    writeStored(keyOf(userId), JSON.stringify(dehydrate(client)))
  }
  const unsubscribe = client.getQueryCache().subscribe(({ type }) => {
    if (type === 'updated' || type === 'removed') timer ??= setTimeout(write, pause)
  })
  const stop = () => {
    unsubscribe()
    clearTimeout(timer)
  }
  return { client, stop }
}

/** Signing out leaves none of a person's lists on the device. */
export const forgetQueries = (userId: string): void => writeStored(keyOf(userId), null)

const reactionOf = (error: unknown): string => (error instanceof WeftError ? error.reaction : 'retry')
