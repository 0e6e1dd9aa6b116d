import type { ConcurrentTrace, Patch } from '../../../server/bench/history/trace.ts'
import type { Randomness } from '../randomness.ts'

type Agent = 0 | 1

/** What neither writes into and both delete from: the merge leaves what nobody deleted. */
const common = Array.from({ length: 600 }, (_, index) => String.fromCharCode(97 + (index % 26)))
/** Lines of each author, which nobody else touches: their text needs no merge. */
const ownLines = 4

/** What one author has made, so far. */
interface Work {
  edits: number
  lines: readonly string[]
  deleted: ReadonlySet<number>
}
/** The text as somebody sees it: so much of either author's work. */
type View = readonly [Work, Work]

const nothing: Work = { edits: 0, lines: Array<string>(ownLines).fill(''), deleted: new Set() }

/**
 * A made-up history of two authors who branch off and merge, in the form of the real ones. Its end is known without any
 * CRDT: each line has one author, and of the common text stays what nobody deleted.
 */
export function syntheticHistory(random: Randomness, edits: number): ConcurrentTrace {
  const txns: ConcurrentTrace['txns'] = [{ parents: [], agent: 0, patches: [[0, 0, textOf([nothing, nothing])]] }]
  const views: [View, View] = [
    [nothing, nothing],
    [nothing, nothing],
  ]
  /** Of either author: the last change that they made or saw. */
  const heads: [number[], number[]] = [[0], [0]]
  while (txns.length <= edits) {
    const agent: Agent = random.chance(0.5) ? 0 : 1
    const other: Agent = agent === 0 ? 1 : 0
    if (random.chance(0.25) && views[other][other].edits > views[agent][other].edits) {
      heads[agent] = headsOf(views, heads, agent, other)
      views[agent] = merged(views[agent], views[other])
    }
    const { patch, work } = randomChange(random, views[agent], agent)
    txns.push({ parents: heads[agent], agent, patches: [patch] })
    heads[agent] = [txns.length - 1]
    views[agent] = agent === 0 ? [work, views[0][1]] : [views[1][0], work]
  }
  return { endContent: textOf(merged(views[0], views[1])), numAgents: 2, txns }
}

/** Both heads, unless the other has seen all that this author made. */
function headsOf(
  views: readonly [View, View],
  heads: readonly [number[], number[]],
  agent: Agent,
  other: Agent,
): number[] {
  const hasSeenAll = views[other][agent].edits === views[agent][agent].edits
  return hasSeenAll ? heads[other] : [...heads[agent], ...heads[other]]
}

function merged(one: View, another: View): View {
  const newer = (agent: Agent) => (one[agent].edits >= another[agent].edits ? one[agent] : another[agent])
  return [newer(0), newer(1)]
}

function randomChange(random: Randomness, view: View, agent: Agent): { patch: Patch; work: Work } {
  const work = view[agent]
  const edits = work.edits + 1
  const line = random.below(ownLines)
  const own = work.lines[line] ?? ''
  const lineStart = textOf(view, agent, line).length
  const at = random.below(own.length + 1)
  const kind = random.next()
  if (kind < 0.2) {
    const left = visible(view)
    const first = random.below(left.length)
    const gone = left.slice(first, first + 1 + random.below(6))
    if (gone.length > 0)
      return { patch: [first, gone.length, ''], work: { ...work, edits, deleted: new Set([...work.deleted, ...gone]) } }
  }
  const deleted = kind < 0.4 ? Math.min(own.length - at, random.below(8)) : 0
  const inserted =
    deleted > 0 && kind < 0.35 ? '' : `${String.fromCharCode(65 + random.below(26))}${random.below(100)} `
  const lines = work.lines.with(line, own.slice(0, at) + inserted + own.slice(at + deleted))
  return { patch: [lineStart + at, deleted, inserted], work: { ...work, edits, lines } }
}

const visible = (view: View): number[] =>
  common.flatMap((_, index) => (view[0].deleted.has(index) || view[1].deleted.has(index) ? [] : [index]))

/** The whole text, or what is before a line of an author. */
function textOf(view: View, agent?: Agent, line?: number): string {
  let text = `${visible(view)
    .map((index) => common[index])
    .join('')}\n`
  for (let row = 0; row < ownLines; row++) {
    for (const each of [0, 1] as const) {
      if (each === agent && row === line) return text
      text += `${view[each].lines[row]}\n`
    }
  }
  return text
}
