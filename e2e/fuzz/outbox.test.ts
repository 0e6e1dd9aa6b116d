import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Document } from '@weft/shared/documents'
import { CommandId, DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createCommand,
  moveCommand,
  removeCommand,
  renameCommand,
  restoreCommand,
} from '../../client/src/documents/commands.ts'
import { type Lists, withCommands } from '../../client/src/documents/overlay.ts'
import { buildTree, type TreeNode, withDescendants } from '../../client/src/documents/tree.ts'
import { isInboxCall } from '../../client/src/live/outbox/inboxCalls.ts'
import type { NewCommand, OutboxRow } from '../../client/src/live/outbox/OutboxRow.ts'
import { Person } from '../harness/people.ts'
import { WeftServer } from '../harness/weftServer.ts'
import { type Fault, FaultyFetch, faults } from './faultyFetch.ts'
import { OutboxDevice } from './outboxDevice.ts'

/** `OUTBOX_RUNS=200 FUZZ_FIRST=7` runs more, from another seed. */
const runs = Number(process.env.OUTBOX_RUNS ?? 12)
const seed = Number(process.env.FUZZ_FIRST ?? 1)

let server: WeftServer
let ann: Person
let userId: UserId
const realFetch = globalThis.fetch

beforeAll(async () => {
  server = await WeftServer.start({ LIMIT_HTTP_REQUESTS_PER_MINUTE: '1000000' })
  ann = await Person.signUp(server, 'Ann')
  userId = UserId.parse((await ann.call('GET', '/me')).id)
  const location = { origin: server.url }
  Object.assign(globalThis, { window: Object.assign(new EventTarget(), { location }) })
  // The outbox has pauses of its own: those of single calls would only lengthen the test.
  Object.defineProperty(globalThis.navigator, 'onLine', { value: false, configurable: true })
})
afterAll(async () => {
  globalThis.fetch = realFetch
  await server?.dispose()
})

type Step =
  | { do: 'create' | 'rename' | 'move' | 'remove' | 'restore'; pick: number; to: number; page: number }
  | { do: 'kill-page' | 'open-page' | 'open-beside' | 'kill-server' | 'wait'; page: number }

const picks = { pick: fc.nat(), to: fc.nat(), page: fc.nat() }
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('create' as const), ...picks }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('rename', 'move', 'remove', 'restore'), ...picks }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('kill-page', 'open-page', 'open-beside', 'wait'), page: fc.nat() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill-server' as const), page: fc.nat() }) },
)

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length]
const commandOf = (command: Omit<NewCommand, 'commandId' | 'awaits'>): NewCommand => ({
  ...command,
  commandId: CommandId.parse(randomId()),
  awaits: [],
})

/** What the person does next with what they see; null: nothing, for there is nothing to do it with. */
function commandFor(
  { do: what, pick, to }: Extract<Step, { pick: number }>,
  lists: Lists,
  done: readonly OutboxRow[],
  workspaceId: WorkspaceId,
): NewCommand | null {
  const { documents, trash } = lists
  const document = at(documents, pick)
  if (what === 'create') {
    const parentId = at([null, ...documents.map(({ id }) => id)], to) ?? null
    return commandOf(createCommand(lists, { workspaceId, id: DocumentId.parse(randomId()), parentId }))
  }
  if (what === 'restore') {
    const removed = at(trash, pick)
    return removed === undefined ? null : commandOf(restoreCommand(done, removed))
  }
  if (document === undefined) return null
  if (what === 'rename') return commandOf(renameCommand(document, `Name ${randomId()}`))
  if (what === 'remove') return commandOf(removeCommand(lists, document))
  const below = withDescendants(documents, document.id)
  const parentId = at([null, ...documents.map(({ id }) => id).filter((id) => !below.has(id))], to) ?? null
  const siblings = documents.filter((one) => one.parentId === parentId && one.id !== document.id)
  const afterId = at([undefined, null, ...siblings.map(({ id }) => id)], pick)
  return commandOf(moveCommand(lists, document, { parentId, ...(afterId === undefined ? {} : { afterId }) }))
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const waits = ({ rows }: { rows: readonly OutboxRow[] }) => rows.some(({ state }) => state === 'waiting')

/** `ordered`: among siblings too. What is put beside something in the trash has no order to it until that is back. */
const shapeOf = (nodes: readonly TreeNode[], ordered: boolean): unknown[] => {
  const shown = nodes.map(({ document, children }) => [document.id, document.title, shapeOf(children, ordered)])
  return ordered ? shown : shown.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))
}

/** What the server has executed, from its own tables: events in their order, and rows of text by document. */
function executedOn(workspaceId: WorkspaceId) {
  const database = new DatabaseSync(join(server.dataDir, 'weft.db'), { readOnly: true })
  const events = database
    .prepare("select fact from events where scope = ? and type like 'document.%' order by seq")
    .all(workspaceId)
    .map(({ fact }) => JSON.parse(String(fact)) as { type: string; documentId?: string; documentIds?: string[] })
  // Each row has the next sequence of its document; a server that was killed folds what it finds.
  const rows = database
    .prepare(
      `select document_id as id, max(seq) as edits from
        (select document_id, seq from journal union all select document_id, seq from snapshots) group by document_id`,
    )
    .all()
  database.close()
  return { events, edits: new Map(rows.map(({ id, edits }) => [String(id), Number(edits)])) }
}

test('[EVENT-4] every command is executed once and in order, whatever the network and the processes do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.infiniteStream(fc.constantFrom<Fault>('none', 'none', ...faults)),
      (steps, weather) => run(steps, weather),
    ),
    { numRuns: runs, seed, endOnFailure: true },
  )
}, 600_000)

async function run(steps: readonly Step[], weather: Iterator<Fault>): Promise<void> {
  const workspaceId = WorkspaceId.parse((await ann.call('POST', '/workspaces', { name: 'Fuzz' })).id)
  let calm = false
  const network = new FaultyFetch(
    (request) => realFetch(ann.signed(request as Request)),
    () => (calm ? 'none' : (weather.next().value ?? 'none')),
  )
  // The harness' own calls are not the outbox's.
  globalThis.fetch = (input, init) => (input instanceof Request ? network.fetch(input) : realFetch(input, init))
  // Each run has its own device: the store is the person's.
  const device = new OutboxDevice(userId)
  device.open(true)
  const given: NewCommand[] = []
  const asRows = (): OutboxRow[] =>
    given.map((command, order) => ({ ...command, order, at: order, state: 'waiting' as const }))
  const shown = () => withCommands({ documents: [], trash: [] }, asRows(), { workspaceId, userId })

  for (const next of steps) {
    const page = at(device.pages, next.page) ?? device.open(true)
    if ('pick' in next) {
      const command = commandFor(next, shown(), asRows(), workspaceId)
      if (command === null) continue
      given.push(command)
      await page.add(command)
    } else if (next.do === 'kill-page') device.kill(page)
    else if (next.do === 'open-page') device.open(true)
    else if (next.do === 'open-beside') device.open(false)
    else if (next.do === 'kill-server') {
      await server.kill('SIGKILL')
      await server.boot()
    }
    await pause(next.page % 12)
  }
  if (device.pages.length === 0) device.open(true)
  // Most of it gets through in this weather: a network that is well would hide what is sent twice.
  for (let looks = 0; looks < 200 && device.pages.some(waits); looks++) await pause(10)

  calm = true
  for (const page of device.pages) device.kill(page)
  const last = device.open(true)
  await last.loaded
  await expect
    .poll(() => last.rows.filter(({ state }) => state === 'waiting').length, { timeout: 60_000, interval: 10 })
    .toBe(0)
  await network.settle()

  expect(device.refused.map(({ call, refusal }) => [call, refusal])).toEqual([])
  const list = (await ann.call('GET', `/workspaces/${workspaceId}/documents`)) as unknown as Document[]
  const ordered = !given.some(({ call }) => call.name === 'documents.remove')
  expect(shapeOf(buildTree(list), ordered)).toEqual(shapeOf(buildTree(shown().documents), ordered))
  expectOnce(given, workspaceId)
  await last.listed(last.executed(workspaceId))
  expect(await device.stored()).toEqual([])
  device.kill(last)
}

/** By document: the same events in the same order as commands, and a row of text for each new name. */
function expectOnce(given: readonly NewCommand[], workspaceId: WorkspaceId): void {
  const { events, edits } = executedOn(workspaceId)
  const wanted = new Map<string, string[]>()
  const names = new Map<string, number>()
  for (const { call } of given) {
    if (isInboxCall(call)) continue
    const id = call.name === 'documents.create' ? call.input.id : call.input.documentId
    if (call.name === 'documents.rename') names.set(id, (names.get(id) ?? 0) + 1)
    else wanted.set(id, [...(wanted.get(id) ?? []), call.name.replace('documents.', '')])
  }
  const found = new Map<string, string[]>()
  for (const { type, documentId, documentIds } of events) {
    const id = documentId ?? documentIds?.[0] ?? ''
    if (type !== 'document.renamed') found.set(id, [...(found.get(id) ?? []), type.replace('document.', '')])
  }
  const past = { create: 'created', move: 'moved', remove: 'removed', restore: 'restored' }
  for (const [id, commands] of wanted) {
    expect(found.get(id), id).toEqual(commands.map((one) => past[one as keyof typeof past]))
    expect(edits.get(id), `rows of ${id}`).toBe(1 + (names.get(id) ?? 0))
  }
}
