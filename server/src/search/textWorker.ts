import { parentPort } from 'node:worker_threads'
import { must } from '@weft/shared/kit'
import { plainText } from './plainText.ts'
import type { TextAnswer, TextTask } from './TextThread.ts'

const port = must(parentPort, 'the port to the main thread')

port.on('message', ({ id, stored }: TextTask) => {
  let answer: TextAnswer
  try {
    answer = { id, text: plainText(stored) }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(answer)
})
