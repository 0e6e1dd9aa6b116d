import { parentPort } from 'node:worker_threads'
import { must } from '@weft/shared/kit'
import { unpackUpdates } from './packedUpdates.ts'
import { plainText } from './plainText.ts'
import type { TextAnswer, TextTask } from './TextThread.ts'

const port = must(parentPort, 'the port to the main thread')

port.on('message', ({ id, snapshot, updates }: TextTask) => {
  let answer: TextAnswer
  try {
    answer = { id, text: plainText({ snapshot, updates: unpackUpdates(updates) }) }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(answer)
})
