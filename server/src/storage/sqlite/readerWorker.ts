import { workerData } from 'node:worker_threads'
import Connection from 'better-sqlite3'
import { answerQuestions } from '../../kit/threads/index.ts'
import { toFailure } from './failure.ts'

/** One statement, of which all rows are wanted. */
export interface ReaderQuestion {
  sql: string
  parameters: readonly unknown[]
}

const db = new Connection(workerData as string, { readonly: true })

answerQuestions(({ sql, parameters }: ReaderQuestion) => db.prepare(sql).all(parameters), toFailure)
