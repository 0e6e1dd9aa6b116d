import { parentPort, workerData } from 'node:worker_threads'
import { must } from '@weft/shared/kit'
import { StartError } from '../../kit/startError.ts'
import type { FromWriter, ToWriter, WriterData } from './messages.ts'
import { openDatabase } from './openDatabase.ts'
import { WriterQueue } from './WriterQueue.ts'

const port = must(parentPort, 'the port to the main thread')
const { file, maxPages } = workerData as WriterData
const answer = (message: FromWriter): void => port.postMessage(message)

try {
  const opened = await openDatabase(file, maxPages)
  const queue = new WriterQueue(opened.db, answer, opened.close, () => port.close())
  port.on('message', (message: ToWriter) => queue.take(message))
  answer({ kind: 'started' })
} catch (error) {
  if (!(error instanceof StartError)) throw error
  answer({ kind: 'not-started', sentence: error.message })
  port.close()
}
