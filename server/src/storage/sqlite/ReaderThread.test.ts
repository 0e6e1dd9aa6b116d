import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Connection from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ReaderThread } from './ReaderThread.ts'

let directory = ''
const threads: ReaderThread[] = []
const readerOf = (name: string): ReaderThread => {
  const thread = new ReaderThread(join(directory, name))
  threads.push(thread)
  return thread
}
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'weft-reader-'))
  const db = new Connection(join(directory, 'weft.db'))
  db.exec('create table t (n integer); insert into t values (1), (2), (3)')
  db.close()
})
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.close()))
  rmSync(directory, { recursive: true, force: true })
})

test('a thread is started with the first question, answers each with its own rows, and cannot write', async () => {
  const reader = readerOf('weft.db')
  expect(reader.holdsThread).toBe(false)
  const answers = [1, 2, 3].map((n) => reader.all('select n from t where n >= ?', [n]))
  const wrong = reader.all('select nothing from t', [])
  const writing = reader.all('delete from t returning n', [])
  await expect(wrong).rejects.toMatchObject({ name: 'StatementError' })
  await expect(writing).rejects.toMatchObject({ id: 'storage-stopped' })
  expect((await Promise.all(answers)).map((rows) => rows.length)).toEqual([3, 2, 1])
  expect(reader.holdsThread).toBe(true)
})

test('[LIMIT-1] too many questions at once are refused; those before them are answered', async () => {
  const reader = readerOf('weft.db')
  const asked = await Promise.allSettled(Array.from({ length: 300 }, () => reader.all('select n from t', [])))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(200)
  expect(asked.at(-1)).toMatchObject({ status: 'rejected', reason: { id: 'too-many' } })
  expect(await reader.all('select n from t', [])).toHaveLength(3)
})

test('[LIMIT-3] a thread that dies refuses what it was asked, and another one takes its place', async () => {
  const reader = readerOf('late.db')
  await expect(reader.all('select 1 as n', [])).rejects.toThrow()
  new Connection(join(directory, 'late.db')).exec('create table t (n)').close()
  expect(await reader.all('select 1 as n', [])).toEqual([{ n: 1 }])
})

test('closing refuses what is under way and what comes after', async () => {
  const reader = readerOf('weft.db')
  const underWay = reader.all('select n from t', [])
  const refused = expect(underWay).rejects.toMatchObject({ id: 'storage-stopped' })
  await reader.close()
  await refused
  await expect(reader.all('select n from t', [])).rejects.toMatchObject({ id: 'storage-stopped' })
})
