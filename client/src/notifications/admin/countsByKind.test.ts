import type { DeliveryCount } from '@weft/shared/notifications'
import { expect, test } from 'vitest'
import { countsByKind } from './countsByKind.ts'

const count = (rest: Partial<DeliveryCount>): DeliveryCount => ({
  day: '2031-05-04',
  kind: 'mention',
  channel: 'page',
  sent: 0,
  delivered: 0,
  seen: 0,
  clicked: 0,
  failed: 0,
  ...rest,
})

test('days are summed by kind and way, and what was never sent has no line', () => {
  const { day: _day, ...mail } = count({ channel: 'mail', sent: 1, failed: 1 })
  const { day: _other, ...page } = count({ sent: 5, seen: 2 })
  const counts = [count({ sent: 2, seen: 2 }), count({ day: '2031-05-05', sent: 3 }), count(mail)]
  expect(countsByKind(counts)).toEqual([page, mail])
  expect(countsByKind([])).toEqual([])
})
