import { parseArgs } from 'node:util'
import { groups, type Scenario, scenarios, usual } from './scenarios.ts'
import type { TargetName } from './target.ts'

export interface Options {
  scenarios: Scenario[]
  only: TargetName | null
  /** Exit code 1 when a target is missed. */
  strict: boolean
  seed: number
  /** Where the servers' data goes while they run; the system's temporary folder unless given. */
  folder: string | null
  /** Given to Node before the script of either server. */
  nodeFlags: string[]
}

export const usage = `pnpm bench [load …] [options]
pnpm bench history [options]: what people really wrote, replayed (pnpm bench history --help)
pnpm bench feed [options]: pages of a long history, and searches in it (pnpm bench feed --help)
pnpm bench notifications [options]: an announcement to 10,000 people (pnpm bench notifications --help)
pnpm bench search [options]: full-text search over 10,000 documents (pnpm bench search --help)

Loads: ${Object.keys(scenarios).join(', ')}. Without a name: ${usual.join(', ')}.
${Object.entries(groups)
  .map(([name, members]) => `${name}: ${members.join(', ')}.`)
  .join('\n')}

  --documents n    documents
  --clients n      clients in each document, the writers among them
  --writers n      writers in each document
  --rate n         edits a second of each writer
  --seconds n      measured seconds of a run
  --warm-up n      seconds of the same load before them
  --pairs n        runs of each server, taking turns
  --workspaces n   every page joins its workspace's presence too (0: not)
  --moves n        moves a second of each writer's caret
  --awareness      every client says who it is, and repeats it every 15 s (--no-awareness: nobody does)
  --only server    plain or weft alone
  --seed n         for the moments of the edits; both servers of a pair get the same ones
  --folder path    where the servers' data goes (a real disk: fsync is part of what is measured)
  --profile path   CPU profiles of the servers go here (read them with server/bench/hotSpots.ts)
  --node-flags s   given to Node for both servers, such as --node-flags=--max-semi-space-size=8
  --strict         exit with 1 when a target is missed`

const number = { type: 'string' } as const

/** Reads the command line; throws with a sentence for people. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    // pnpm hands its own separator on.
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    allowNegative: true,
    options: {
      documents: number,
      clients: number,
      writers: number,
      rate: number,
      seconds: number,
      'warm-up': number,
      pairs: number,
      workspaces: number,
      moves: number,
      awareness: { type: 'boolean' },
      only: number,
      seed: number,
      folder: number,
      profile: number,
      'node-flags': number,
      strict: { type: 'boolean', default: false },
    },
  })
  const given = (name: keyof typeof values, fallback: number, least: number): number => {
    const value = values[name] === undefined ? fallback : Number(values[name])
    if (!(value >= least)) throw new Error(`--${name} must be a number of at least ${least}`)
    return value
  }
  const changed = (scenario: Scenario): Scenario => {
    const clients = given('clients', scenario.clients, 1)
    const writers = given('writers', Math.min(scenario.writers, clients), 0)
    if (writers > clients) throw new Error('--writers cannot be more than --clients: writers are clients too')
    return {
      ...scenario,
      documents: given('documents', scenario.documents, 1),
      clients,
      writers,
      rate: given('rate', scenario.rate, 0),
      seconds: given('seconds', scenario.seconds, 0.1),
      warmUp: given('warm-up', scenario.warmUp, 0),
      pairs: given('pairs', scenario.pairs, 1),
      awareness: values.awareness ?? scenario.awareness,
      workspaces: given('workspaces', scenario.workspaces, 0),
      moves: given('moves', scenario.moves, 0),
    }
  }
  if (values.only !== undefined && values.only !== 'plain' && values.only !== 'weft') {
    throw new Error('--only must be plain or weft')
  }
  return {
    scenarios: (positionals.length > 0 ? positionals.flatMap((name) => groups[name] ?? [name]) : usual).map((name) => {
      const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined
      if (!scenario) throw new Error(`there is no load named ${name}`)
      return changed(scenario)
    }),
    only: values.only ?? null,
    strict: values.strict,
    seed: given('seed', 1, 0),
    folder: values.folder ?? null,
    nodeFlags: [
      ...(values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]),
      ...(values['node-flags'] ?? '').split(' ').filter((flag) => flag !== ''),
    ],
  }
}
