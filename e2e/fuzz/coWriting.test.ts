import './page.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Person } from '../harness/people.ts'
import { WeftServer } from '../harness/weftServer.ts'
import { Peer } from './Peer.ts'
import { randomEdit } from './randomEdit.ts'
import { randomness } from './randomness.ts'
import { until } from './until.ts'

/** `FUZZ_SEEDS=500 FUZZ_FIRST=1000` runs more, or repeats one that failed. */
const count = Number(process.env.FUZZ_SEEDS ?? 20)
const first = Number(process.env.FUZZ_FIRST ?? 1)
const steps = 60

let server: WeftServer
let ann: Person
let workspaceId: string

beforeAll(async () => {
  server = await WeftServer.start()
  ann = await Person.signUp(server, 'Ann')
  workspaceId = (await ann.call('POST', '/workspaces', { name: 'Fuzz' })).id ?? ''
})
afterAll(() => server?.dispose())

/** Everything that was acknowledged before a kill is in what the server loads after it. */
async function expectNothingLost(documentId: string, peers: Peer[]): Promise<void> {
  const reader = new Peer(server, ann, documentId, 'reader')
  await until('a reader after the restart', () => reader.synced)
  const stored = Y.snapshot(reader.doc)
  for (const peer of peers) {
    const lost = peer.acknowledged.filter((update) => !Y.snapshotContainsUpdate(stored, update))
    expect(lost.length, `${peer.name}: acknowledged and lost`).toBe(0)
  }
  reader.destroy()
}

const seeds = Array.from({ length: count }, (_, index) => first + index)
test.for(seeds)('[SAVE-1] co-writing over disconnects and kills, seed %i', async (seed, { onTestFailed }) => {
  onTestFailed(() => void process.stderr.write(server.output))
  const random = randomness(seed)
  const document = await ann.call('POST', `/workspaces/${workspaceId}/documents`, { title: `Seed ${seed}` })
  const documentId = document.id ?? ''
  const peers = ['a', 'b', 'c'].map((name) => new Peer(server, ann, documentId, name))
  await until('all joined', () => peers.every((peer) => peer.synced))

  for (let step = 0; step < steps; step++) {
    const peer = random.pick(peers)
    const kind = random.next()
    if (kind < 0.8) randomEdit(peer.doc, random, `${peer.name}${step}`)
    else if (kind < 0.88) peer.goOffline()
    else if (kind < 0.97) peer.goOnline()
    else {
      await server.kill('SIGKILL')
      for (const each of peers) each.goOffline()
      await server.boot()
      await expectNothingLost(documentId, peers)
      for (const each of peers) if (random.chance(0.7)) each.goOnline()
    }
    // Lets frames travel for a random while, so that edits meet every state of a session.
    if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, random.below(15)))
  }

  for (const peer of peers) peer.goOnline()
  await until('all saved', () => peers.every((peer) => peer.settled))
  const reader = new Peer(server, ann, documentId, 'fresh')
  await until('a fresh load', () => reader.synced)
  await until('all replicas equal', () =>
    peers.every((peer) => Y.equalSnapshots(Y.snapshot(peer.doc), Y.snapshot(reader.doc))),
  )
  for (const peer of peers) {
    expect(peer.doc.getXmlFragment('body').toString()).toBe(reader.doc.getXmlFragment('body').toString())
    expect(peer.doc.getXmlFragment('title').toString()).toBe(reader.doc.getXmlFragment('title').toString())
  }
  for (const peer of [...peers, reader]) peer.destroy()
})
