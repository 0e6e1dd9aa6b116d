import { expect, test } from 'vitest'
import { measure } from '../bench/notifications/main.ts'
import { readOptions } from '../bench/notifications/options.ts'
import { report } from '../bench/notifications/report.ts'

test('[NOTIFY-1] the bench sees each announcement once in every open inbox, and full inboxes as they open', async () => {
  const small = { recipients: 300, connected: 30, documents: 2, rounds: 2, 'warm-up': 0, inbox: 400, openings: 3 }
  const options = readOptions(Object.entries(small).map(([name, value]) => `--${name}=${value}`))
  const said: string[] = []
  const outcome = await measure(options, (line) => said.push(line))
  expect(outcome.wrong).toBe(0)
  expect(outcome.rounds.map(({ arrival }) => arrival.count)).toEqual([30, 30])
  expect(outcome.openings.entries).toBe(300)
  expect([outcome.openings.first.count, outcome.openings.second.count]).toEqual([3, 3])
  expect(report(outcome).text).toContain('each has exactly one of each, and the right count')
}, 240_000)
