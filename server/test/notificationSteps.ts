import { NotificationKind } from '@weft/shared/notifications'
import fc from 'fast-check'
import { textStep } from './notificationText.ts'

const people = 3
const places = 2
const person = fc.nat(people - 1)
const place = fc.nat(places - 1)
const which = fc.nat(20)

/** What may happen to three people with two documents, by their numbers. */
export const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit'), person, place, again: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('mention'), person, other: person, place, again: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('share'), person, other: person, place, given: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restrict'), person, place, restricted: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('trash'), person, place, away: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('wish'),
      person,
      kind: fc.constantFrom(...NotificationKind.options),
      page: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('watch'),
      person,
      place,
      state: fc.constantFrom('watching' as const, 'muted' as const, null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mark'), person, which, read: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('markAll'), person, upTo: which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('archive'), person, which, archived: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('snooze'), person, which, hours: fc.integer({ min: -1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass'), hours: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reconnect'), person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
  { weight: 16, arbitrary: textStep(person, place) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
