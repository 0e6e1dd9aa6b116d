import { parentPort } from 'node:worker_threads'
import { must } from '@weft/shared/kit'
import { type FoldInput, foldText } from './foldingText.ts'

const port = must(parentPort, 'the port to the main thread')

port.on('message', ({ id, input }: { id: number; input: FoldInput }) => {
  try {
    port.postMessage({ id, folded: foldText(input) })
  } catch (error) {
    port.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
