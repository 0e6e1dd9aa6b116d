import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What `--cpu-prof` writes, as far as it is read here. */
const Profile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})
type Profile = z.infer<typeof Profile>

const asleep = new Set(['(idle)', '(program)', '(root)'])
const shown = 30

/** Where a function stands: the package or the file below `server/`, with its line. */
const place = (url: string, line: number): string => {
  const file = url.replace(/^.*\/node_modules\//, '').replace(/^.*\/(server|shared)\//, '$1/')
  return file === '' ? 'native' : `${file}:${line + 1}`
}

/**
 * Time in each function itself, and in it with all that it called (recursion counted once), in µs. Only of the last
 * `seconds`, so that the start of the process does not count.
 */
function times(profile: Profile, seconds: number): { name: string; own: number; total: number }[] {
  const own = new Map<number, number>()
  let left = seconds * 1e6
  for (let index = profile.samples.length - 1; index >= 0 && left > 0; index--) {
    const id = profile.samples[index] ?? 0
    const delta = profile.timeDeltas[index] ?? 0
    own.set(id, (own.get(id) ?? 0) + delta)
    left -= delta
  }
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const sums = new Map<string, { name: string; own: number; total: number }>()
  const visit = (id: number, above: readonly string[]): number => {
    const node = nodes.get(id)
    if (!node) return 0
    const { functionName, url, lineNumber } = node.callFrame
    const name = `${functionName || '(anonymous)'}  ${place(url, lineNumber)}`
    let total = own.get(id) ?? 0
    const path = [...above, name]
    for (const child of node.children ?? []) total += visit(child, path)
    const sum = sums.get(name) ?? { name, own: 0, total: 0 }
    sum.own += own.get(id) ?? 0
    if (!above.includes(name)) sum.total += total
    sums.set(name, sum)
    return total
  }
  const root = profile.nodes[0]
  if (root) visit(root.id, [])
  return [...sums.values()]
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('node server/bench/hotSpots.ts <folder of --profile> [only the last seconds of each]')
  process.exit(1)
}
const seconds = Number(process.argv[3] ?? Number.POSITIVE_INFINITY)
for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
  const all = times(Profile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))), seconds)
  const busy = all.filter(({ name }) => !asleep.has(name.split('  ')[0] ?? ''))
  const sum = busy.reduce((total, { own }) => total + own, 0)
  const percent = (part: number) => `${((part / sum) * 100).toFixed(1)}%`.padStart(7)
  console.log(`\n${file}: busy for ${(sum / 1e6).toFixed(2)} s\n   self   total  function`)
  for (const { name, own, total } of busy.toSorted((a, b) => b.own - a.own).slice(0, shown)) {
    console.log(`${percent(own)} ${percent(total)}  ${name}`)
  }
  console.log('   self   total  function, by total')
  for (const { name, own, total } of busy.toSorted((a, b) => b.total - a.total).slice(0, shown)) {
    console.log(`${percent(own)} ${percent(total)}  ${name}`)
  }
}
