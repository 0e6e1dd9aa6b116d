import { must } from '@weft/shared/kit'
import { textOf } from '../../../server/bench/history/bodyText.ts'
import type { ConcurrentTrace } from '../../../server/bench/history/trace.ts'
import type { Person } from '../../harness/people.ts'
import type { WeftServer } from '../../harness/weftServer.ts'
import { Peer } from '../Peer.ts'
import type { Randomness } from '../randomness.ts'
import { until } from '../until.ts'
import { Author } from './Author.ts'
import { contains } from './edit.ts'
import { type Step, stepsOf } from './steps.ts'

export interface ReplayOptions {
  server: WeftServer
  /** Both may write into the document. */
  people: readonly [Person, Person]
  documentId: string
  history: ConcurrentTrace
  random: Randomness
  /** The chance that an author loses the network at an edit. */
  disconnects: number
  /** SIGKILLs of the server, spread over the history. */
  kills: number
  /** Before each SIGKILL. */
  onKill?: () => void
}

export interface Replayed {
  /** Until all was acknowledged, the server's restarts included. */
  seconds: number
  disconnects: number
  kills: number
  /** What both pages say at the end. */
  texts: [string, string]
}

/** Most edits that an author makes without the network, and in one turn of the event loop. */
const longestOffline = 120
const longestRun = 24
/** Where both typed at one place at once, the lower id's text comes first, as the lower agent's does in the traces. */
const clientIds = [1_000_001, 1_000_002] as const
const patience = 60_000

/**
 * Replays a history by two pages through a real server: each edit when its author's page has what the author had seen,
 * while the network comes and goes and the server is killed. Throws if anything acknowledged is not there after a kill.
 */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { server, people, documentId } = options
  const join = (agent: 0 | 1) => Author.join(server, people[agent], documentId, `author ${agent}`, clientIds[agent])
  const authors: [Author, Author] = [join(0), join(1)]
  try {
    await begin(authors)
    return await run(options, authors)
  } finally {
    for (const author of authors) author.destroy()
  }
}

async function begin([first, second]: [Author, Author]): Promise<void> {
  await until('both joined', () => first.peer.synced && second.peer.synced)
  first.begin()
  const text = first.makeText()
  await until('the text is in both pages', () => contains(second.peer.doc, text))
  second.begin()
}

async function run(options: ReplayOptions, authors: [Author, Author]): Promise<Replayed> {
  const { history, random, disconnects, kills, server } = options
  const steps = stepsOf(history)
  const total = history.txns.length
  let done = 0
  let killed = 0
  let lost = 0
  const begun = performance.now()
  for (let movedAt = Date.now(); done < total; ) {
    const before = done
    for (const agent of [0, 1] as const) {
      const [author, other] = [authors[agent], authors[(1 - agent) as 0 | 1]]
      const made = advance(author, other, steps[agent], 1 + random.below(longestRun))
      done += made
      if (made > 0 && author.offlineFor === 0 && random.next() < 1 - (1 - disconnects) ** made) {
        author.goOffline(1 + random.below(longestOffline), random.chance(0.5) ? 'leave' : 'cut')
        lost++
      }
    }
    if (done * (kills + 1) >= total * (killed + 1) && killed < kills) {
      options.onKill?.()
      await killAndLook(options, authors)
      killed++
    }
    if (done > before) movedAt = Date.now()
    else await standstill(authors, movedAt, server)
    await turn()
  }
  for (const author of authors) author.goOnline()
  await until('all is saved', () => authors.every(({ peer }) => peer.settled), patience)
  const seconds = (performance.now() - begun) / 1000
  const [first, second] = authors
  await until('both pages have all', () => hasAll(first, second) && hasAll(second, first), patience)
  return { seconds, disconnects: lost, kills: killed, texts: [textOf(first.peer.doc), textOf(second.peer.doc)] }
}

/** Makes edits while the page has what they were made on; returns how many. */
function advance(author: Author, other: Author, steps: readonly Step[], most: number): number {
  for (let made = 0; ; made++) {
    const step = steps[author.edits.length]
    if (made === most || step === undefined || !author.mayEdit(other, step.seen)) return made
    author.edit(step.patches, other, step.seen)
  }
}

/** Both wait for something: whoever has no network gets it back. */
async function standstill(authors: [Author, Author], since: number, server: WeftServer): Promise<void> {
  for (const author of authors) if (author.offlineFor > 0) author.goOnline()
  if (Date.now() - since > patience) throw new Error(`the replay stands still; the server printed:\n${server.output}`)
  await new Promise((resolve) => setTimeout(resolve, 1))
}

/** Kills the server in the middle of it all, and looks with other eyes at what it has when it is back. */
async function killAndLook({ server, people, documentId }: ReplayOptions, authors: [Author, Author]): Promise<void> {
  await server.kill('SIGKILL')
  for (const author of authors) author.goOffline(0, 'leave')
  await server.boot()
  const reader = new Peer(server, people[0], documentId, 'reader')
  await until('a reader after the restart', () => reader.synced, patience)
  for (const author of authors) author.mustBeIn(reader.doc)
  reader.destroy()
  for (const author of authors) author.goOnline()
}

/** What somebody reads who opens the document now. */
export async function readBody(server: WeftServer, person: Person, documentId: string): Promise<string> {
  const reader = new Peer(server, person, documentId, 'fresh')
  try {
    await until('a fresh load', () => reader.synced, patience)
    return textOf(reader.doc)
  } finally {
    reader.destroy()
  }
}

const hasAll = (one: Author, other: Author): boolean => {
  const last = must(other.edits.at(-1), 'an edit of each author')
  return contains(one.peer.doc, last) && other.edits.every((edit) => contains(one.peer.doc, edit))
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
