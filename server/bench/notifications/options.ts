import { parseArgs } from 'node:util'

export const usage = `pnpm bench notifications [options]

An announcement to everybody, by command: how long until it is in the map of each client that has its inbox open, and what
it costs those who type meanwhile. And an inbox with many notifications: how long until it is open.

  --recipients n    accounts that are told; default 10000
  --connected n     of them with their inbox open; default 1000
  --processes n     that hold those inboxes; default 2
  --documents n     that are typed in meanwhile; default 20
  --clients n       in each document, the writers among them; default 4
  --writers n       in each document; default 2
  --rate n          edits a second of each writer; default 10
  --rounds n        announcements, after a first one that only warms up; default 7
  --warm-up n       seconds of typing before them; default 7
  --inbox n         notifications in an inbox that is opened; default 1000
  --openings n      inboxes that are opened, one after the other; default 100
  --seed n          for the moments of the edits; default 1
  --folder path     where the server's data goes (a real disk: fsync is part of what is measured)
  --profile path    a CPU profile of the server goes here (read it with server/bench/hotSpots.ts)
  --strict          exit with 1 when a target is missed`

const defaults = {
  recipients: 10_000,
  connected: 1_000,
  processes: 2,
  documents: 20,
  clients: 4,
  writers: 2,
  rate: 10,
  rounds: 7,
  'warm-up': 7,
  inbox: 1_000,
  openings: 100,
  seed: 1,
}

export type NotificationsOptions = typeof defaults & {
  folder: string | null
  nodeFlags: string[]
  strict: boolean
}

/** Reads the command line; throws with a sentence for people. */
export function readOptions(args: string[]): NotificationsOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...(Object.fromEntries(Object.keys(defaults).map((name) => [name, text])) as Record<
        keyof typeof defaults,
        typeof text
      >),
      folder: text,
      profile: text,
      strict: { type: 'boolean', default: false },
    },
  })
  const numbers = { ...defaults }
  for (const name of Object.keys(defaults) as (keyof typeof defaults)[]) {
    const given = Number(values[name] ?? defaults[name])
    if (!(given >= 0)) throw new Error(`--${name} must be a number of at least 0`)
    numbers[name] = given
  }
  if (numbers.connected > numbers.recipients) throw new Error('--connected cannot be more than --recipients')
  if (numbers.openings > numbers.recipients) throw new Error('--openings cannot be more than --recipients')
  if (numbers.writers > numbers.clients) throw new Error('--writers cannot be more than --clients')
  return {
    ...numbers,
    folder: values.folder ?? null,
    nodeFlags: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
    strict: values.strict,
  }
}
