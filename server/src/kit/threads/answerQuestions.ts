import { parentPort } from 'node:worker_threads'
import type { ThreadAnswer, ThreadQuestion } from './messages.ts'

/** In the thread of an `AskedThread`: answers what comes, one after the other. */
export function answerQuestions<Q, A, F>(answer: (question: Q) => A, toFailure: (error: unknown) => F): void {
  if (parentPort === null) throw new Error('this is a thread that is asked: it has no use elsewhere')
  const port = parentPort
  port.on('message', ({ id, question }: ThreadQuestion<Q>) => {
    let said: ThreadAnswer<A, F>
    try {
      said = { id, answer: answer(question) }
    } catch (error) {
      said = { id, failure: toFailure(error) }
    }
    port.postMessage(said)
  })
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
