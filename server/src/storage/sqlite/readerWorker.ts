import { parentPort, workerData } from 'node:worker_threads'
import Connection from 'better-sqlite3'
import { toFailure } from './failure.ts'
import type { ReaderAnswer, ReaderQuestion } from './ReaderThread.ts'

if (parentPort === null) throw new Error('this is a thread for reading: it has no use elsewhere')
const port = parentPort
const db = new Connection(workerData as string, { readonly: true })

port.on('message', ({ id, sql, parameters }: ReaderQuestion) => {
  let answer: ReaderAnswer
  try {
    answer = { id, rows: db.prepare(sql).all(parameters) }
  } catch (error) {
    answer = { id, failure: toFailure(error) }
  }
  port.postMessage(answer)
})
