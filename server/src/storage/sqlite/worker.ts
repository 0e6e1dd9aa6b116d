import { parentPort, workerData } from 'node:worker_threads'
import { StartError } from '../../kit/startError.ts'
import type { FromWriter, ToWriter, WriterData } from './messages.ts'
import { openDatabase } from './openDatabase.ts'
import { WriterQueue } from './WriterQueue.ts'

if (parentPort === null) throw new Error('this is the storage thread: it has no use elsewhere')
const port = parentPort
const answer = (message: FromWriter): void => port.postMessage(message)

try {
  const opened = await openDatabase(workerData as WriterData)
  const queue = new WriterQueue(opened.db, answer, opened.close, () => port.close())
  port.on('message', (message: ToWriter) => queue.take(message))
  answer({ kind: 'started' })
} catch (error) {
  if (!(error instanceof StartError)) throw error
  answer({ kind: 'not-started', sentence: error.message })
  port.close()
}
