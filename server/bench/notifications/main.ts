import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must, randomId, UserId } from '@weft/shared/kit'
import { parseChannel } from '@weft/shared/sync'
import Connection, { type Database } from 'better-sqlite3'
import { measureFsync } from '../disk.ts'
import { Histogram } from '../histogram.ts'
import { startWeft, type WeftTarget } from '../weftTarget.ts'
import { announceOnce, countWrong, type Round, type Stage } from './announcing.ts'
import { fillInboxes } from './fullInboxes.ts'
import { type Openings, openInboxes } from './opening.ts'
import { type NotificationsOptions, readOptions } from './options.ts'
import { addPeople, type Reader, tokensOf } from './people.ts'
import { ReaderProcess } from './ReaderProcess.ts'
import { lineOf, type Outcome, report } from './report.ts'
import { Typists } from './Typists.ts'

export { usage } from './options.ts'

const fsyncSamples = 200

/** Runs what the command line asks for; returns the exit code. */
export async function runNotifications(args: string[]): Promise<number> {
  const options = readOptions(args)
  const { text, reached } = report(await measure(options, (line) => console.log(line)))
  console.log(text)
  return reached || !options.strict ? 0 : 1
}

type Say = (line: string) => void

export async function measure(options: NotificationsOptions, say: Say): Promise<Outcome> {
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'weft-bench-notifications-'))
  const fsync = new Histogram()
  measureFsync(folder, fsyncSamples, fsync)
  const secret = randomId() + randomId()
  const { documents, nodeFlags } = options
  const target = await startWeft({ documents, workspaces: 1, folder, nodeFlags, env: { SECRET: secret } })
  const db = new Connection(join(folder, 'weft.db'))
  try {
    const began = performance.now()
    const people = addPeople(db, options.recipients)
    const readers = await tokensOf(secret, people.slice(0, Math.max(options.connected, options.openings)))
    say(`${people.length} accounts, written in ${(performance.now() - began).toFixed(0)} ms`)
    const stage = { target, db, people, readers, say }
    const announced = await announceAll(options, stage)
    const openings = await openFullOnes(options, stage)
    target.process.mustLive()
    measureFsync(folder, fsyncSamples, fsync)
    return { ...announced, openings, fsync }
  } finally {
    db.close()
    await target.dispose()
  }
}

interface Installation {
  target: WeftTarget
  /** Its tables. */
  db: Database
  people: readonly UserId[]
  /** The first of them, with what lets them in. */
  readers: readonly Reader[]
  say: Say
}

async function announceAll(
  options: NotificationsOptions,
  { target, db, people, readers, say }: Installation,
): Promise<Pick<Outcome, 'rounds' | 'readersCpu' | 'wrong'>> {
  const processes = Array.from({ length: options.processes }, () => new ReaderProcess())
  let typists: Typists | null = null
  try {
    const began = performance.now()
    const connected = readers.slice(0, options.connected)
    const shareOf = (n: number) => connected.filter((_, place) => place % processes.length === n)
    await Promise.all(processes.map((one, n) => one.join(target, shareOf(n))))
    say(`${connected.length} inboxes open after ${((performance.now() - began) / 1000).toFixed(1)} s`)
    // Not sooner: the server ends sockets that do not say who they are.
    typists = await Typists.start(target, options)
    const stage: Stage = { target, readers: processes, typists, db }
    await new Promise((resolve) => setTimeout(resolve, options['warm-up'] * 1000))
    say(`  the first: ${lineOf(await announceOnce(stage, 'The first'))}`)
    const rounds: Round[] = []
    const cpu = () => processes.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
    const before = cpu()
    for (let n = 1; n <= options.rounds; n++) {
      const round = await announceOnce(stage, `Round ${n}`)
      rounds.push(round)
      say(`  round ${n}: ${lineOf(round)}`)
    }
    const toldMs = rounds.reduce((sum, { told }) => sum + told, 0)
    const readersCpu = (cpu() - before) / processes.length / toldMs
    return { rounds, readersCpu, wrong: (await countWrong(stage, people, options.rounds + 1)) + typists.wrong }
  } finally {
    await typists?.stop()
    await Promise.all(processes.map((one) => one.end()))
  }
}

async function openFullOnes(
  { inbox, openings }: NotificationsOptions,
  { target, db, readers }: Installation,
): Promise<Openings> {
  const channel = parseChannel(must(target.presence[0], 'the workspace of the documents'))
  if (channel?.kind !== 'presence') throw new Error('the workspace of the documents has no presence')
  const owner = UserId.parse(db.prepare('select created_by from workspaces').pluck().get())
  const opening = readers.slice(0, openings)
  const people = opening.map(({ userId }) => userId)
  fillInboxes(db, { people, notifications: inbox, workspaceId: channel.workspaceId, owner })
  return openInboxes(target, opening)
}
