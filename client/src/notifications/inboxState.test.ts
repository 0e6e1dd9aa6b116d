import { CommandId, NotificationId, randomId } from '@weft/shared/kit'
import type { Notification } from '@weft/shared/notifications'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InboxCall, OutboxRow } from '../live/index.ts'
import { type InboxState, isIn, notShownIn, stateOf, withCommands } from './inboxState.ts'
import { notice } from './testing/notice.ts'

const given = (call: InboxCall, rest: Partial<OutboxRow> = {}): OutboxRow => ({
  order: 1,
  commandId: CommandId.parse(randomId()),
  call,
  workspaceId: null,
  title: '',
  writes: ['inbox'],
  reads: [],
  awaits: [],
  at: 1_000,
  state: 'waiting',
  ...rest,
})

const mark = (read: boolean, ...rows: Notification[]): InboxCall => ({
  name: 'notifications.mark',
  input: { ids: rows.map(({ id }) => id), read },
})
const markAll = (upTo: number, kinds?: Notification['kind'][]): InboxCall => ({
  name: 'notifications.markAll',
  input: { upTo, ...(kinds === undefined ? {} : { kinds }) },
})

/** As a window says it, with `older` unread ones that it does not show. */
function inbox(rows: readonly Notification[], older = 0, seq = 10): InboxState {
  const unread = rows.filter(({ readAt }) => readAt === null).length + older
  return stateOf({ entries: new Map(rows.map((row) => [row.id, row])), meta: { seq, unread } })
}

test('[NOTIFY-2] the count is what the server says, also of what the window does not show or this version cannot read', () => {
  const state = stateOf({
    entries: new Map<string, unknown>([
      ['a', notice()],
      ['b', { kind: 'of-tomorrow' }],
      ['c', 'nothing'],
    ]),
    meta: { seq: 4, unread: 412 },
  })
  expect(state.unread).toBe(412)
  expect(state.rows.size).toBe(1)
  expect(stateOf({ entries: new Map(), meta: {} })).toEqual({ rows: new Map(), unread: 0, seq: null })
})

test('what is marked here shows at once, in the row and in the count, and marking twice counts once', () => {
  const [one, two] = [notice(), notice({ readAt: 5 })]
  const state = inbox([one, two], 3)
  const read = withCommands(state, [given(mark(true, one, two)), given(mark(true, one))])
  expect(read.unread).toBe(3)
  expect(read.rows.get(one.id)?.readAt).toBe(1_000)
  expect(read.rows.get(two.id)?.readAt).toBe(5)
  expect(withCommands(state, [given(mark(true, one)), given(mark(false, one, two))]).unread).toBe(5)
  const opened = given({ name: 'notifications.open', input: { notificationId: one.id, from: 'toast' } })
  expect(withCommands(state, [opened]).unread).toBe(3)
})

test('marking all reads older ones too that no window shows, but nothing that came after, and of some kinds only those', () => {
  const [seen, later] = [notice({ seq: 10 }), notice({ seq: 11 })]
  const edit = notice({ kind: 'edit', seq: 9 })
  expect(withCommands(inbox([seen, later, edit], 40, 11), [given(markAll(10))]).unread).toBe(1)
  expect(withCommands(inbox([seen, later, edit], 40, 11), [given(markAll(11, ['edit']))]).unread).toBe(42)
})

test('what is archived or sleeps is in no inbox and does not count; taken back it does', () => {
  const [one, two] = [notice(), notice()]
  const archive = (archived: boolean): InboxCall => ({
    name: 'notifications.archive',
    input: { ids: [one.id], archived },
  })
  const snooze = (until: number | null): InboxCall => ({
    name: 'notifications.snooze',
    input: { notificationId: two.id, until },
  })
  const away = withCommands(inbox([one, two]), [given(archive(true)), given(snooze(5_000))])
  expect(away.unread).toBe(0)
  expect(
    [...away.rows.values()].map((row) => [isIn('inbox', row), isIn('archived', row), isIn('snoozed', row)]),
  ).toEqual([
    [false, true, false],
    [false, false, true],
  ])
  const back = [archive(true), archive(false), snooze(5_000), snooze(null)].map((call) => given(call))
  expect(withCommands(inbox([one, two]), back)).toEqual(inbox([one, two]))
})

test('[EVENT-3] a command is laid over the inbox until the window has come to its sequence; a refused one is not', () => {
  const one = notice()
  const [waiting, done] = [given(mark(true, one)), given(mark(true, one), { state: 'done', seq: 12 })]
  expect(withCommands(inbox([one], 0, 11), [done]).unread).toBe(0)
  expect(withCommands(inbox([one], 0, 12), [done]).unread).toBe(1)
  expect(notShownIn([waiting, done], 12)).toEqual([waiting])
  expect(notShownIn([waiting, done], null)).toEqual([waiting, done])
  expect(withCommands(inbox([one]), [given(mark(true, one), { state: 'refused' })]).unread).toBe(1)
})

test('[NOTIFY-2] whatever is done here, the count stays that of the rows and of the older ones', () => {
  const ids = ['firstNotification0', 'secondNotification', 'thirdNotification0'].map((id) => NotificationId.parse(id))
  const time = fc.constantFrom(null, 5)
  const anyRow = (id: NotificationId) =>
    fc
      .record({ readAt: time, kind: fc.constantFrom('mention' as const, 'edit' as const) })
      .map((rest) => notice({ id, ...rest }))
  const some = fc.subarray(ids, { minLength: 1 })
  const anyCall: fc.Arbitrary<InboxCall> = fc.oneof(
    fc.record({ ids: some, read: fc.boolean() }).map((input) => ({ name: 'notifications.mark' as const, input })),
    fc
      .record({ ids: some, archived: fc.boolean() })
      .map((input) => ({ name: 'notifications.archive' as const, input })),
    fc
      .record({ notificationId: fc.constantFrom(...ids), until: fc.constantFrom(null, 9_000) })
      .map((input) => ({ name: 'notifications.snooze' as const, input })),
    fc.constant(markAll(10, ['edit'])),
  )
  fc.assert(
    fc.property(fc.tuple(...ids.map(anyRow)), fc.nat(50), fc.array(anyCall), (rows, older, calls) => {
      const state = withCommands(
        inbox(rows, older),
        calls.map((call) => given(call)),
      )
      const shown = [...state.rows.values()].filter((row) => isIn('inbox', row) && row.readAt === null)
      expect(state.unread).toBe(shown.length + older)
    }),
  )
})
