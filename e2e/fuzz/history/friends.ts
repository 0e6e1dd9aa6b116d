import '../page.ts'
import { readFileSync } from 'node:fs'
import { atRest, type Stored } from '../../../server/bench/history/stored.ts'
import { readConcurrentTrace } from '../../../server/bench/history/trace.ts'
import type { WeftServer } from '../../harness/weftServer.ts'
import { randomness } from '../randomness.ts'
import { openDesk } from './desk.ts'
import { type Replayed, readBody, replay } from './replay.ts'

export interface FriendsOptions {
  path: string
  seed: number
  /** The chance that an author loses the network at an edit; SIGKILLs of the server. */
  disconnects: number
  kills: number
}

/** A history of two people, replayed by two pages through a server. Prints; false when a text is not what it should be. */
export async function runFriends({ path, seed, disconnects, kills }: FriendsOptions): Promise<boolean> {
  const history = readConcurrentTrace(path)
  const desk = await openDesk()
  const { server, people } = desk
  try {
    const documentId = await desk.newDocument('Friends')
    const written = new WrittenBytes(server)
    const options = { server, people, documentId, history, random: randomness(seed), disconnects, kills }
    const replayed = await replay({ ...options, onKill: () => written.add() })
    written.add()
    const memory = residentMegabytes(server)
    const reader = await readBody(server, people[1], documentId)
    const stored = await atRest('weft', server.dataDir)
    await server.kill('SIGTERM')
    await server.boot()
    const restarted = await readBody(server, people[0], documentId)
    const texts = { 'first author': replayed.texts[0], 'second author': replayed.texts[1], reader, restarted }
    const wrong = Object.entries(texts).flatMap(([who, text]) => (text === history.endContent ? [] : [who]))
    print(history.txns.length, replayed, written.bytes, memory, stored, wrong)
    return wrong.length === 0
  } finally {
    await desk.dispose()
  }
}

/** What the processes of a server that is killed handed to the disk, together. */
class WrittenBytes {
  bytes = 0
  readonly #server: WeftServer

  constructor(server: WeftServer) {
    this.#server = server
  }

  /** Before a process ends, and at the end. */
  add(): void {
    this.bytes += Number(readFileSync(`/proc/${this.#server.pid}/io`, 'utf8').match(/^write_bytes: (\d+)$/m)?.[1])
  }
}

const residentMegabytes = (server: WeftServer): number =>
  Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+) kB$/m)?.[1]) / 1024

function print(
  edits: number,
  replayed: Replayed,
  bytes: number,
  memory: number,
  stored: Stored,
  wrong: string[],
): void {
  const rows: [string, string][] = [
    ['edits', `${edits}, in ${replayed.seconds.toFixed(1)} s: ${(edits / replayed.seconds).toFixed(0)} a second`],
    ['network lost, server killed', `${replayed.disconnects} and ${replayed.kills} times`],
    ['bytes to the disk an edit, until acknowledged', (bytes / edits).toFixed(0)],
    ['what it is loaded from', `${(stored.snapshotBytes / 1000).toFixed(0)} KB`],
    ['history kept', `${(stored.segmentBytes / 1000).toFixed(0)} KB in ${stored.segments} segments`],
    ['memory with it open', `${memory.toFixed(0)} MB`],
  ]
  for (const [label, value] of rows) process.stdout.write(`  ${label.padEnd(48)}${value}\n`)
  const verdict = wrong.length === 0 ? 'reached' : `NOT REACHED by ${wrong.join(', ')}`
  process.stdout.write(`  ${verdict}: the final text with both authors, a reader, and after a restart\n`)
}
