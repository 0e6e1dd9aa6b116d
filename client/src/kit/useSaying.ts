import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toastProblem } from './toast.ts'

/**
 * Changes of something that is shown from a query, each as the change alone. What was said and is not answered yet lies
 * over what the query tells, from the very render of the click on: the query cache tells of its changes a moment later,
 * and what was asked before the change may be answered after it. Changes of one `scope` are sent one after the other;
 * what the server refuses is taken back, with a sentence.
 *
 * @param options.kept what the query tells after an answer, from what it told before.
 */
export function useSaying<Change, Kept, Answer>(options: {
  scope: string
  queryKey: readonly unknown[]
  send(change: Change): Promise<Answer>
  kept(answer: Answer, before: Kept | undefined): Kept | undefined
}): { said: readonly Change[]; say(change: Change): void } {
  const { scope, queryKey, send, kept } = options
  const client = useQueryClient()
  const [said, setSaid] = useState<readonly { change: Change }[]>([])
  const { mutate } = useMutation({
    scope: { id: scope },
    mutationFn: ({ change }: { change: Change }) => send(change),
    onSuccess: async (answer) => {
      await client.cancelQueries({ queryKey })
      client.setQueryData<Kept>(queryKey, (before) => kept(answer, before))
    },
    onError: toastProblem,
    onSettled: async (_answer, _error, one) => {
      // After those who look at the cache have been told.
      await new Promise((resolve) => setTimeout(resolve))
      setSaid((all) => all.filter((other) => other !== one))
    },
  })
  return {
    said: said.map(({ change }) => change),
    say(change) {
      const one = { change }
      setSaid((all) => [...all, one])
      mutate(one)
    },
  }
}
