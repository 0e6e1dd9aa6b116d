import type { ConcurrentTrace, Patch } from '../../../server/bench/history/trace.ts'

/** One edit of an author: on all own ones before, and on so many of the other's. */
export interface Step {
  patches: readonly Patch[]
  seen: number
}

/** What each author does, in order, out of who had seen what. Throws for a history in which somebody forgets own edits. */
export function stepsOf({ txns }: ConcurrentTrace): [Step[], Step[]] {
  const steps: [Step[], Step[]] = [[], []]
  /** By change: how many of either's are before or in it. */
  const versions: [number, number][] = []
  for (const { parents, agent, patches } of txns) {
    const version: [number, number] = [0, 0]
    for (const parent of parents) {
      const [first, second] = versions[parent] ?? [0, 0]
      version[0] = Math.max(version[0], first)
      version[1] = Math.max(version[1], second)
    }
    if (version[agent] !== steps[agent].length)
      throw new Error('an author of this history has not seen their own edits')
    steps[agent].push({ patches, seen: version[1 - agent] ?? 0 })
    version[agent]++
    versions.push(version)
  }
  return steps
}
