import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'

/** At a position: how many characters go, and what comes in their place. */
const Patch = z.tuple([z.number().int().min(0), z.number().int().min(0), z.string()])
export type Patch = z.infer<typeof Patch>

const Trace = z.object({ endContent: z.string(), txns: z.array(z.object({ patches: z.array(Patch) })) })
/** What one person wrote into one text, one change after another. */
export type Trace = z.infer<typeof Trace>

const ConcurrentTrace = z.object({
  endContent: z.string(),
  numAgents: z.literal(2),
  txns: z.array(
    z.object({
      /** The changes that its author had seen last: indexes of earlier ones. */
      parents: z.array(z.number().int().min(0)),
      agent: z.union([z.literal(0), z.literal(1)]),
      patches: z.array(Patch),
    }),
  ),
})
/** What two people wrote into one text at once. Positions are in the text that a change's author saw. */
export type ConcurrentTrace = z.infer<typeof ConcurrentTrace>

export const traceFiles = { friends: 'friendsforever.json.gz', paper: 'automerge-paper.json.gz' } as const
export type TraceName = keyof typeof traceFiles

/** Beside the project, since they are others' work and not part of it. */
const usualFolder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

/** Where a history lies: what was given, or the usual place; null when nothing is there. */
export function findTrace(name: TraceName, given: string | undefined): string | null {
  const path = given ?? usualFolder + traceFiles[name]
  return existsSync(path) ? path : null
}

/** The sentence for whoever has none. */
export const whereTracesComeFrom = (name: TraceName, given: string | undefined): string =>
  `There is no history at ${given ?? usualFolder + traceFiles[name]}: ${traceFiles[name]} comes from the public ` +
  `collection github.com/josephg/editing-traces; give its place with --${name} path.`

export const readTrace = (path: string): Trace => Trace.parse(contentOf(path))
export const readConcurrentTrace = (path: string): ConcurrentTrace => ConcurrentTrace.parse(contentOf(path))

const contentOf = (path: string): unknown => JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'))
