import type { SharedLinkId, UserId } from '@weft/shared/kit'
import type { SharedLink } from '@weft/shared/sharedLinks'
import { expect, test } from 'vitest'
import { withSaid } from './withSaid.ts'

const link = (id: string): SharedLink => ({
  id: id as SharedLinkId,
  documentId: 'd' as SharedLink['documentId'],
  reach: 'anyone',
  expiresAt: null,
  hasPassword: false,
  indexed: false,
  createdBy: 'u' as UserId,
  createdAt: 0,
  url: `/s/${id}`,
})
const [one, two] = [link('one'), link('two')]

test('what was said lies over what is known, each change alone, the last one on top', () => {
  const said = [
    { linkId: one.id, change: { reach: 'workspace' } },
    { linkId: two.id, change: { expiresAt: 5 } },
    { linkId: one.id, change: { indexed: true } },
    { linkId: one.id, change: { reach: 'restricted' } },
  ] as const
  expect(withSaid([one, two], said)).toEqual([
    { ...one, reach: 'restricted', indexed: true },
    { ...two, expiresAt: 5 },
  ])
})

test('what is to end is gone, whatever was said of it before', () => {
  expect(
    withSaid(
      [one, two],
      [
        { linkId: one.id, change: { reach: 'workspace' } },
        { linkId: one.id, end: true },
      ],
    ),
  ).toEqual([two])
})
