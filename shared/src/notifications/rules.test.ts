import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  defaultPreferences,
  momentOf,
  NotificationKind,
  NotificationPreferences,
  nextDigest,
  notificationTabs,
  preferenceFor,
  quietUntil,
  wallTime,
  weekdayOf,
  withChange,
} from './index.ts'

const hour = 3_600_000
const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia']
const anyZone = fc.constantFrom(...zones)
/** From 2001 to 2037, over many changes of clocks. */
const anyMoment = fc.integer({ min: 980_000_000_000, max: 2_130_000_000_000 })
const anyTime = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'))

test('the clock of a time zone is read and set, also where it is put forward or back', () => {
  expect(wallTime(Date.UTC(2031, 0, 1), 'Asia/Kathmandu')).toEqual({
    year: 2031,
    month: 1,
    day: 1,
    hour: 5,
    minute: 45,
  })
  expect(momentOf({ year: 2031, month: 7, day: 1, hour: 8, minute: 0 }, 'Europe/Berlin')).toBe(Date.UTC(2031, 6, 1, 6))
  expect(momentOf({ year: 2031, month: 1, day: 32, hour: 8, minute: 0 }, 'Europe/Berlin')).toBe(Date.UTC(2031, 1, 1, 7))
  expect(weekdayOf({ year: 2031, month: 5, day: 4, hour: 0, minute: 0 })).toBe(7)
  fc.assert(
    fc.property(anyMoment, anyZone, (at, zone) => {
      const shown = wallTime(at, zone)
      // Twice a year an hour is shown twice: then either of them will do.
      expect(wallTime(momentOf(shown, zone), zone)).toEqual(shown)
    }),
  )
})

test('a digest leaves at the hour that its reader chose, where they are', () => {
  const at = (iso: string) => Date.parse(iso)
  const daily = { every: 'day', hour: 8, weekday: 1 } as const
  expect(nextDigest(daily, 'Europe/Berlin', at('2031-03-29T12:00Z'))).toBe(at('2031-03-30T06:00Z'))
  expect(nextDigest(daily, 'Europe/Berlin', at('2031-03-29T06:59Z'))).toBe(at('2031-03-29T07:00Z'))
  expect(nextDigest(daily, null, at('2031-03-29T08:00Z'))).toBe(at('2031-03-30T08:00Z'))
  const weekly = { every: 'week', hour: 17, weekday: 5 } as const
  expect(nextDigest(weekly, 'America/New_York', at('2031-05-02T20:59Z'))).toBe(at('2031-05-02T21:00Z'))
  expect(nextDigest(weekly, 'America/New_York', at('2031-05-02T21:00Z'))).toBe(at('2031-05-09T21:00Z'))
  expect(nextDigest({ ...daily, every: 'hour' }, 'Asia/Kathmandu', at('2031-03-29T12:34Z'))).toBe(
    at('2031-03-29T13:00Z'),
  )
  expect(nextDigest({ ...daily, every: 'off' }, 'UTC', 0)).toBeNull()
})

test('the next digest is later, never further away than its rhythm, and at its hour unless clocks skip that', () => {
  const rhythm = fc.record({
    every: fc.constantFrom('day', 'week'),
    hour: fc.nat(23),
    weekday: fc.integer({ min: 1, max: 7 }),
  })
  fc.assert(
    fc.property(rhythm, anyZone, anyMoment, (every, zone, at) => {
      const next = nextDigest(every, zone, at) ?? 0
      expect(next).toBeGreaterThan(at)
      // A day on which clocks are put back, or that a country skips, is longer.
      expect(next - at).toBeLessThanOrEqual((every.every === 'day' ? 2 : 9) * 24 * hour + 2 * hour)
      const shown = wallTime(next, zone)
      expect(Math.abs(shown.hour - every.hour)).toBeLessThanOrEqual(1)
    }),
  )
})

test('quiet hours end, may go over midnight, and are none where both ends are the same', () => {
  const night = { from: '22:00', until: '07:00' }
  const at = (iso: string) => Date.parse(iso)
  expect(quietUntil(night, 'Europe/Berlin', at('2031-01-10T20:59Z'))).toBeNull()
  expect(quietUntil(night, 'Europe/Berlin', at('2031-01-10T21:00Z'))).toBe(at('2031-01-11T06:00Z'))
  expect(quietUntil(night, 'Europe/Berlin', at('2031-01-11T05:59Z'))).toBe(at('2031-01-11T06:00Z'))
  expect(quietUntil(night, 'Europe/Berlin', at('2031-01-11T06:00Z'))).toBeNull()
  expect(quietUntil({ from: '12:00', until: '12:30' }, null, at('2031-01-11T12:10Z'))).toBe(at('2031-01-11T12:30Z'))
  expect(quietUntil({ from: '09:00', until: '09:00' }, null, at('2031-01-11T09:00Z'))).toBeNull()
  expect(quietUntil(null, null, 0)).toBeNull()
  fc.assert(
    fc.property(anyTime, anyTime, anyZone, anyMoment, (from, until, zone, moment) => {
      const end = quietUntil({ from, until }, zone, moment)
      if (end === null) return
      expect(end).toBeGreaterThan(moment)
      expect(end - moment).toBeLessThanOrEqual(26 * hour)
    }),
  )
})

test('a change of preferences touches what it names, and nothing beside it', () => {
  const changed = withChange(defaultPreferences, { kinds: { mention: { push: false } }, digest: { hour: 17 } })
  expect(changed).toEqual({
    ...defaultPreferences,
    kinds: { ...defaultPreferences.kinds, mention: { ...defaultPreferences.kinds.mention, push: false } },
    digest: { ...defaultPreferences.digest, hour: 17 },
  })
  expect(withChange(changed, { kinds: { mention: { mail: 'off', push: undefined } } }).kinds.mention).toEqual({
    page: true,
    push: false,
    mail: 'off',
  })
  const quietHours = { from: '22:00', until: '07:00' }
  expect(withChange(withChange(changed, { quietHours }), { quietHours: null })).toEqual(changed)
})

test('every kind has its preferences and its tab, and security is always shown', () => {
  expect(NotificationPreferences.parse(defaultPreferences)).toEqual(defaultPreferences)
  expect(Object.values(notificationTabs).flat().toSorted()).toEqual(NotificationKind.options.toSorted())
  const none = { page: false, push: false, mail: 'off' } as const
  const deaf = { ...defaultPreferences, kinds: { ...defaultPreferences.kinds, security: none, mention: none } }
  expect(preferenceFor(deaf, 'security')).toEqual({ ...none, page: true })
  expect(preferenceFor(deaf, 'mention')).toEqual(none)
  expect(NotificationPreferences.safeParse({ ...deaf, timeZone: 'Middle/Earth' }).success).toBe(false)
})
