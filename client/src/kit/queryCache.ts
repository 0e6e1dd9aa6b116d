import { QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query'
import { WeftError } from '@weft/shared/kit'
import { z } from 'zod'
import { OfflineError } from './api.ts'

/** Where the lists of one person stay between pages. */
export interface LastLists {
  readLists(): Promise<unknown>
  writeLists(lists: unknown): Promise<void>
}

/** Which lists are kept, by the first part of their key, and what each entry looks like. */
export type KeptLists = Readonly<Record<string, z.ZodType>>

/** Raised when the form below changes; another version's is left alone, and the server has it all. */
const version = 1
const LastState = z.object({
  version: z.literal(version),
  queries: z.array(z.object({ queryKey: z.array(z.unknown()), at: z.number(), data: z.unknown() })),
})

/** Written at most this often while lists change; ms. */
const pause = 500

const formOf = (kept: KeptLists, key: QueryKey): z.ZodType | undefined => {
  const [name] = key
  return typeof name === 'string' && Object.hasOwn(kept, name) ? kept[name] : undefined
}

/**
 * Lists as they were last seen are shown at the start, and offline; the server's answer replaces them. What another
 * version of the application kept is taken entry by entry, where it still has the form that this one reads.
 */
export async function createQueryClient(
  last: LastLists,
  kept: KeptLists,
  onSignedOut: () => void,
): Promise<{ client: QueryClient; stop(): void }> {
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
  takeIn(client, await last.readLists(), kept)
  void client.invalidateQueries()
  const write = () => {
    timer = undefined
    const queries = client
      .getQueryCache()
      .findAll({ predicate: ({ queryKey, state }) => state.data !== undefined && formOf(kept, queryKey) !== undefined })
      .map(({ queryKey, state }) => ({ queryKey, at: state.dataUpdatedAt, data: state.data }))
    void last.writeLists({ version, queries })
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const unsubscribe = client.getQueryCache().subscribe(({ type }) => {
    if (type === 'updated' || type === 'removed') timer ??= setTimeout(write, pause)
  })
  const stop = () => {
    unsubscribe()
    clearTimeout(timer)
  }
  return { client, stop }
}

function takeIn(client: QueryClient, lists: unknown, kept: KeptLists): void {
  for (const { queryKey, at, data } of LastState.safeParse(lists).data?.queries ?? []) {
    const form = formOf(kept, queryKey)
    if (form === undefined || !Array.isArray(data)) continue
    const entries = data.map((entry) => form.safeParse(entry)).flatMap((entry) => (entry.success ? [entry.data] : []))
    client.setQueryData(queryKey, entries, { updatedAt: at })
  }
}

const reactionOf = (error: unknown): string => (error instanceof WeftError ? error.reaction : 'retry')
