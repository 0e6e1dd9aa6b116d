import { expect, test } from 'vitest'
import { fieldTime, snoozeTimes, timeInField } from './snoozeTimes.ts'

const at = (text: string) => new Date(text).getTime()
const shown = (now: string) => snoozeTimes(at(now)).map(({ choice, until }) => [choice, fieldTime(until)])

test('later today, tomorrow, next Monday', () => {
  // A Wednesday.
  expect(shown('2031-01-08T10:20')).toEqual([
    ['later', '2031-01-08T13:20'],
    ['tomorrow', '2031-01-09T09:00'],
    ['nextWeek', '2031-01-13T09:00'],
  ])
})

test('late in the evening there is no later today; from a Monday it is the next one, from a Sunday the day after', () => {
  expect(shown('2031-01-08T21:30')[0]).toEqual(['tomorrow', '2031-01-09T09:00'])
  expect(shown('2031-01-06T08:00')[2]).toEqual(['nextWeek', '2031-01-13T09:00'])
  expect(shown('2031-01-12T08:00').slice(1)).toEqual([
    ['tomorrow', '2031-01-13T09:00'],
    ['nextWeek', '2031-01-13T09:00'],
  ])
})

test('a field gives back the time that it shows', () => {
  expect(fieldTime(timeInField('2031-02-03T04:05') ?? 0)).toBe('2031-02-03T04:05')
  expect(timeInField('')).toBeNull()
})
