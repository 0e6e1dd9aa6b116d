import type { DocumentId, UserId, WorkspaceId } from '@weft/shared/kit'
import { afterEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createDocuments, type JournalRun } from '../src/documents/index.ts'
import { createCommandLog, createEventLog } from '../src/events/index.ts'
import { createLogger } from '../src/kit/logger.ts'
import { createFolding } from '../src/sync/folding.ts'
import { runOf } from '../src/sync/journalRuns.ts'
import { createJournal } from '../src/sync/journalWriter.ts'
import { createCommit } from '../src/workspaces/index.ts'
import { random } from './random.ts'
import { edit, type SyncServer, startSyncServer, stopAll } from './syncServer.ts'

afterEach(stopAll)

const log = createLogger('silent')
const minute = 60_000
const start = 1_800_000_000_000

/** A document in a real database, whose journal rows come when the test says, and those who count them. */
async function startSpells() {
  const server = await startSyncServer()
  const { storage, sync } = server
  const documentId = await server.document()
  const clock = { at: start, now: () => clock.at }
  const doc = await server.stored(documentId)
  let seq = 1

  /** As a new process would: what the last one knew is only in the database. */
  function restarted() {
    const events = createEventLog({ storage, clock, log })
    const commands = createCommandLog({ storage, clock, log })
    const documents = createDocuments({
      storage,
      clock,
      log,
      events,
      commit: createCommit(events, commands),
      texts: () => sync.texts,
      tellAll: (workspaceId, word) => sync.announce(workspaceId, word),
      tellPerson: (workspaceId, userId, word) => sync.tellPerson(workspaceId, userId, word),
      documentBytes: 1e9,
      markdownMs: 1_000,
    })
    return documents
  }

  async function write(author: UserId | null, at: number, change: (doc: Y.Doc) => void): Promise<JournalRun> {
    clock.at = Math.max(clock.at, at)
    const update = edit(doc, change)
    await storage.appendJournal([{ documentId, seq: ++seq, update, authorId: author, at }])
    return runOf(seq, author, at, update)
  }
  const type = (author: UserId | null, at: number, words: string) =>
    write(author, at, (to) => to.getText('t').insert(to.getText('t').length, words))
  return { server, documentId, clock, restarted, write, type, told: () => toldIn(server, documentId) }
}

async function toldIn({ events, workspaceId }: SyncServer, documentId: DocumentId) {
  const found = await events.since(workspaceId as WorkspaceId, 0, 10_000)
  return found.flatMap(({ actorId, fact }) =>
    fact.type === 'document.edited' && fact.documentId === documentId
      ? [
          {
            by: actorId,
            from: fact.from - start,
            to: fact.to - start,
            edits: fact.edits,
            added: fact.added,
            removed: fact.removed,
          },
        ]
      : [],
  )
}

test('[EVENT-2] a spell is one event, told at its end by what the journal has; a keystroke is none', async () => {
  const { server, documentId, clock, restarted, type, write, told } = await startSpells()
  const [ann, ben] = [await server.member(), await server.member()]
  const documents = restarted()
  await type(ann, start, 'hello')
  await type(ben, start + 10, 'oh ')
  await type(ann, start + 9 * minute, 'wörld')
  await write(ann, start + 9 * minute, (doc) => doc.getText('t').delete(0, 4))
  documents.textChanged(documentId, [])
  await documents.settle()
  expect(await told()).toEqual([])
  clock.at = start + 11 * minute
  await documents.settle()
  expect(await told()).toEqual([{ by: ben, from: 10, to: 10, edits: 1, added: 3, removed: 0 }])
  clock.at = start + 19 * minute
  for (let times = 0; times < 3; times++) await documents.settle()
  expect((await told()).slice(1)).toEqual([{ by: ann, from: 0, to: 9 * minute, edits: 3, added: 10, removed: 4 }])
  await documents.stop()
})

test('[EVENT-2] a spell that is open when the process is killed is told once by the next, with what was not counted yet', async () => {
  const { server, documentId, clock, restarted, type, told } = await startSpells()
  const ann = await server.member()
  const killed = restarted()
  await type(ann, start, 'one')
  killed.textChanged(documentId, [])
  await killed.settle()
  // Written, and never counted by anybody.
  await type(ann, start + minute, 'three')
  await type(ann, start + 30 * minute, 'later')
  clock.at = start + 35 * minute
  const next = restarted()
  await next.catchUp()
  await next.settle()
  expect(await told()).toEqual([{ by: ann, from: 0, to: minute, edits: 2, added: 8, removed: 0 }])
  clock.at = start + 41 * minute
  const third = restarted()
  await third.catchUp()
  await third.settle()
  expect((await told()).slice(1)).toEqual([
    { by: ann, from: 30 * minute, to: 30 * minute, edits: 1, added: 5, removed: 0 },
  ])
  for (const documents of [killed, next, third]) await documents.stop()
})

test('what folding packed before it was counted counts too, in part where a part was counted', async () => {
  const { server, documentId, clock, restarted, type, told } = await startSpells()
  const ann = await server.member()
  const documents = restarted()
  for (let n = 0; n < 10; n++) await type(ann, start + n, 'ab')
  documents.textChanged(documentId, [])
  await documents.settle()
  for (let n = 10; n < 40; n++) await type(ann, start + n, 'ab')
  const journal = createJournal({ storage: server.storage, clock, log })
  const folding = createFolding({ storage: server.storage, journal, clock, log })
  await folding.start()
  await expect
    .poll(() => server.storage.read.selectFrom('segments').select('to_seq').execute(), { timeout: 30_000 })
    .toHaveLength(2)
  await folding.stop()
  await type(ann, start + 40, 'ab')
  clock.at = start + 11 * minute
  documents.textChanged(documentId, [])
  await documents.settle()
  expect(await told()).toEqual([{ by: ann, from: 0, to: 40, edits: 41, added: 82, removed: 0 }])
  await documents.stop()
})

test('many documents are counted together, and one whose rows cannot be read keeps no other from it', async () => {
  const { server, clock, restarted } = await startSpells()
  const ann = await server.member()
  const others: DocumentId[] = []
  const documents = restarted()
  for (let n = 0; n < 60; n++) {
    const documentId = await server.document()
    const seq = ((await server.rows(documentId)).at(-1)?.seq ?? 0) + 1
    const update = edit(await server.stored(documentId), (doc) => doc.getText('t').insert(0, 'four'))
    const damaged = n === 7
    const row = { documentId, seq, update: damaged ? new Uint8Array([255]) : update, authorId: ann, at: start }
    await server.storage.appendJournal([row])
    documents.textChanged(documentId, [])
    if (!damaged) others.push(documentId)
  }
  await documents.settle()
  clock.at = start + 11 * minute
  await documents.settle()
  for (const documentId of others) {
    expect(await toldIn(server, documentId)).toEqual([{ by: ann, from: 0, to: 0, edits: 1, added: 4, removed: 0 }])
  }
  await documents.stop()
})

const seeds = process.env.SPELLS_SEED === undefined ? [1, 2, 3] : [Number(process.env.SPELLS_SEED)]

test.each(seeds)(
  '[EVENT-2] over random edits, kills and looks, every edit is told of exactly once (SPELLS_SEED=%d)',
  async (seed) => {
    const draw = random(seed)
    const randomInt = (below: number): number => Math.floor(draw() * below)
    const { server, documentId, clock, restarted, type, told } = await startSpells()
    const people = await Promise.all([0, 1, 2].map(() => server.member()))
    const written = new Map<UserId, number[]>()
    let documents = restarted()
    let at = start
    const untold: JournalRun[] = []
    for (let n = 0; n < 150; n++) {
      at += randomInt(4) === 0 ? randomInt(13 * minute) : randomInt(minute)
      const author = people[randomInt(people.length)] as UserId
      untold.push(await type(author, at, 'x'))
      written.set(author, [...(written.get(author) ?? []), at])
      // What is told of may have gaps: the journal has none.
      if (randomInt(10) === 0) untold.pop()
      if (randomInt(3) === 0) documents.textChanged(documentId, untold.splice(0))
      if (randomInt(8) === 0) await documents.settle()
      if (randomInt(20) > 0) continue
      await documents.stop()
      documents = restarted()
      untold.length = 0
      if (randomInt(2) === 0) await documents.catchUp()
    }
    clock.at = at + 11 * minute
    await documents.catchUp()
    // What was never told of is found when its spell is to be closed, and counted with the next look.
    for (let times = 0; times < 2; times++) await documents.settle()
    await documents.stop()
    const spells = await told()
    for (const [author, times] of written) {
      const own = spells.filter(({ by }) => by === author)
      // By the rule alone, from the times.
      const expected: { from: number; to: number; edits: number }[] = []
      for (const time of times) {
        const last = expected.at(-1)
        const goesOn = last !== undefined && time - last.to < 10 * minute && time - last.from < 60 * minute
        if (last !== undefined && goesOn) Object.assign(last, { to: time, edits: last.edits + 1 })
        else expected.push({ from: time, to: time, edits: 1 })
      }
      expect(own.map(({ from, to, edits, added }) => ({ from: from + start, to: to + start, edits, added }))).toEqual(
        expected.map((spell) => ({ ...spell, added: spell.edits })),
      )
    }
  },
)
