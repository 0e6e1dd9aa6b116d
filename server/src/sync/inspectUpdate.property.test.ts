import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { randomHonestEdit } from '../../test/honestEdits.ts'
import { random } from '../../test/random.ts'
import { inspectUpdate } from './inspectUpdate.ts'

/**
 * Peers who write with Yjs and nothing else, and a server that takes what it finds sound. Their updates come one by one,
 * merged, again, out of order and without what they stand on; they are cut at any state vector, and encoded by peers
 * that wait for the text of others themselves.
 */
class World {
  readonly server = new Y.Doc()
  readonly peers: Peer[]
  /** Every update that was ever made, in the order of its making. */
  readonly log: Uint8Array[] = []
  readonly vectors: Uint8Array[] = [Uint8Array.of(0)]
  readonly verdicts = new Set<string>()

  constructor(clientIds: readonly number[]) {
    this.peers = clientIds.map((clientId) => new Peer(clientId, this.log))
  }

  /** What the server does with an update, and what must hold whenever Yjs made it. */
  deliver(update: Uint8Array): void {
    const inspection = inspectUpdate(this.server, update)
    this.verdicts.add(inspection.verdict)
    expect(inspection.verdict).not.toBe('malformed')
    if (inspection.verdict === 'missing-dependencies') {
      expect(isParked(applied(this.server, update)), 'refused, though Yjs would take all of it').toBe(true)
      return
    }
    const before = Y.decodeStateVector(Y.encodeStateVector(this.server))
    Y.applyUpdate(this.server, update)
    expect(isParked(this.server), 'found sound, and parked').toBe(false)
    const after = Y.decodeStateVector(Y.encodeStateVector(this.server))
    const grown = [...after].filter(([client, clock]) => clock > (before.get(client) ?? 0)).map(([client]) => client)
    if (inspection.verdict === 'sound') expect([...inspection.writers].sort()).toEqual(grown.sort())
    this.vectors.push(Y.encodeStateVector(this.server))
  }
}

class Peer {
  readonly doc = new Y.Doc()
  readonly undo: Y.UndoManager
  /** Own updates that were not sent yet. */
  readonly unsent: Uint8Array[] = []

  constructor(clientId: number, log: Uint8Array[]) {
    this.doc.clientID = clientId
    this.undo = new Y.UndoManager([this.doc.getText('text'), this.doc.getXmlFragment('body'), this.doc.getMap('map')], {
      captureTimeout: 0,
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'remote') return
      this.unsent.push(update)
      log.push(update)
    })
  }

  hear(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, 'remote')
  }
}

const isParked = (doc: Y.Doc): boolean => doc.store.pendingStructs !== null || doc.store.pendingDs !== null

function applied(doc: Y.Doc, update: Uint8Array): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(copy, update)
  return copy
}

type Step = (world: World, peer: Peer, next: () => number) => void

const pick = <T>(items: readonly T[], next: () => number): T | undefined => items[Math.floor(next() * items.length)]
const some = (updates: readonly Uint8Array[], next: () => number): Uint8Array[] =>
  updates.filter(() => next() < 0.4).sort(() => next() - 0.5)

const steps = {
  edit: (_, peer, next) => randomHonestEdit(peer.doc, peer.undo, next),
  'send one by one': (world, peer) => {
    for (const update of peer.unsent.splice(0)) world.deliver(update)
  },
  'send merged': (world, peer) => {
    const unsent = peer.unsent.splice(0)
    if (unsent.length > 0) world.deliver(Y.mergeUpdates(unsent))
  },
  'send without the first': (world, peer) => {
    for (const update of peer.unsent.slice(1)) world.deliver(update)
  },
  'hear the server': (world, peer) => {
    peer.hear(Y.encodeStateAsUpdate(world.server, Y.encodeStateVector(peer.doc)))
  },
  'answer SyncStep1': (world, peer) => {
    world.deliver(Y.encodeStateAsUpdate(peer.doc, Y.encodeStateVector(world.server)))
    peer.unsent.length = 0
  },
  'answer an older SyncStep1': (world, peer, next) => {
    world.deliver(Y.encodeStateAsUpdate(peer.doc, pick(world.vectors, next)))
  },
  'send what was kept on the device': (world, peer, next) => {
    world.deliver(Y.diffUpdate(Y.encodeStateAsUpdate(peer.doc), pick(world.vectors, next) ?? Uint8Array.of(0)))
  },
  'send again, in any order': (world, _, next) => {
    for (const update of some(world.log.slice(-12), next)) world.deliver(update)
  },
  'send any merged': (world, _, next) => {
    const updates = some(world.log.slice(-12), next)
    if (updates.length > 0) world.deliver(Y.mergeUpdates(updates))
  },
  'send a cut of any merged': (world, _, next) => {
    const updates = some(world.log.slice(-12), next)
    const vector = pick(world.vectors, next) ?? Uint8Array.of(0)
    if (updates.length > 0) world.deliver(Y.diffUpdate(Y.mergeUpdates(updates), vector))
  },
  'hear others in any order': (world, peer, next) => {
    for (const update of some(world.log.slice(-12), next)) peer.hear(update)
  },
  'hear others merged': (world, peer, next) => {
    const updates = some(world.log.slice(-12), next)
    if (updates.length > 0) peer.hear(Y.mergeUpdates(updates))
  },
} satisfies Record<string, Step>

/** `PROPERTY_RUNS=20000` looks longer; a failing run prints its seed and its smallest script. */
const runs = Number(process.env.PROPERTY_RUNS ?? 400)

type StepName = keyof typeof steps
const names = Object.keys(steps) as StepName[]

describe('[SAVE-3] what an honest peer can send', () => {
  it('is never malformed; what is sound is not parked, and what is refused would have been', {
    timeout: 60_000 + runs * 100,
  }, () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 0xffffffff }), { minLength: 2, maxLength: 4 }),
        fc.array(
          fc.record({
            step: fc.oneof({ weight: 2, arbitrary: fc.constant<StepName>('edit') }, fc.constantFrom(...names)),
            peer: fc.nat(3),
            seed: fc.nat(),
          }),
          { minLength: 10, maxLength: 80, size: 'max' },
        ),
        (clientIds, script) => {
          const world = new World(clientIds)
          for (const { step, peer, seed } of script) {
            const who = world.peers[peer % world.peers.length]
            if (who !== undefined) steps[step](world, who, random(seed))
          }
          world.deliver(Y.mergeUpdates([...world.log, Y.encodeStateAsUpdate(new Y.Doc())]))
          for (const peer of world.peers) {
            peer.hear(Y.encodeStateAsUpdate(world.server, Y.encodeStateVector(peer.doc)))
            peer.hear(Y.mergeUpdates([...world.log, Y.encodeStateAsUpdate(new Y.Doc())]))
            world.deliver(Y.encodeStateAsUpdate(peer.doc, Y.encodeStateVector(world.server)))
          }
          for (const verdict of world.verdicts) seen.add(verdict)
        },
      ),
      { numRuns: runs },
    )
    expect([...seen].sort()).toEqual(['missing-dependencies', 'sound'])
  })
})
