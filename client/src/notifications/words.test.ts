import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import { type Notification, NotificationKind, NotificationReason } from '@weft/shared/notifications'
import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import notifications from '../kit/locales/en/notifications.json'
import { namesIn } from './names.ts'
import { notice } from './testing/notice.ts'
import { moreText, whatText, whereText, whoText } from './words.ts'

const people = ['Ann', 'Ben', 'Cleo', 'Dan'].map((name) => ({
  type: 'person' as const,
  id: UserId.parse(randomId()),
  name,
  color: '#000000',
  image: null,
}))
const ids = people.map(({ id }) => id)
const workspaceId = WorkspaceId.parse(randomId())
const documentId = DocumentId.parse(randomId())
const names = namesIn(
  [...people, { type: 'workspace', id: workspaceId, name: 'Looms' }, { type: 'document', id: documentId, name: '' }],
  false,
)
const nobody = namesIn([], true)

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { notifications } }, interpolation: { escapeValue: false } })
})
const t = () => i18next.getFixedT('en', 'notifications')
const what = (rest: Partial<Notification>) => whatText(notice({ workspaceId, ...rest }), names, t(), 'en')

test('two are named, and the others counted; the server has a name, and so has who is not known', () => {
  const who = (count: number) => whoText(notice({ actorIds: ids.slice(0, count) }), names, t(), 'en')
  expect([0, 1, 2, 3, 4].map(who)).toEqual([
    'Weft',
    'Ann',
    'Ann and Ben',
    'Ann, Ben, and one other',
    'Ann, Ben, and 2 others',
  ])
  expect(whoText(notice({ actorIds: ids.slice(0, 1) }), nobody, t(), 'en')).toBe('Somebody')
})

test('what happened is one sentence, whatever the kind, and says how often', () => {
  for (const kind of NotificationKind.options) {
    for (const count of [1, 3]) expect(what({ kind, count, actorIds: ids.slice(0, 1) })).not.toMatch(/\{\{|^\w+\.\w+/)
  }
  for (const reason of NotificationReason.options) expect(t()(`why.${reason}`)).not.toMatch(/^why\./)
  expect(what({ kind: 'mention', count: 2, actorIds: ids.slice(0, 1) })).toBe('Ann mentioned you 2 times')
  expect(what({ kind: 'announcement', detail: { title: 'We move' } })).toBe('We move')
  expect(what({ kind: 'quota', detail: { percent: 90 } })).toBe('Looms takes 90 % of its room')
  const removed = { kind: 'membership', workspaceId: null, detail: { workspaceName: 'Mills' } } as const
  expect(what(removed)).toBe('Weft removed you from Mills')
})

test('where it happened is called as it is now; what one may not see any more has no name', () => {
  const where = (rest: Partial<Notification>, known = names) => whereText(notice(rest), known, t())
  expect(where({ documentId, workspaceId })).toBe('Untitled · Looms')
  expect(where({ documentId: DocumentId.parse(randomId()), workspaceId })).toBe(
    'A document that you can no longer open',
  )
  expect(where({ documentId, workspaceId }, nobody)).toBe('…')
  expect(where({ kind: 'membership', workspaceId })).toBeNull()
})

test('an edit says how much, an announcement what', () => {
  const more = (rest: Partial<Notification>) => moreText(notice(rest), t(), 'en')
  expect(more({ kind: 'edit', detail: { added: 1200, removed: 3 } })).toBe('1,200 characters came, 3 went')
  expect(more({ kind: 'edit' })).toBeNull()
  expect(more({ kind: 'announcement', detail: { text: 'On Sunday.' } })).toBe('On Sunday.')
})
