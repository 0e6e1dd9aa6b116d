import type { Browser } from '@playwright/test'
import type { Person } from '../harness/people.ts'
import type { WeftServer } from '../harness/weftServer.ts'

/** Where the measurements run: one workspace with a short and a long document. */
export interface Place {
  server: WeftServer
  browser: Browser
  owner: Person
  workspaceId: string
  shortId: string
  longId: string
}

export interface Figure {
  what: string
  value: number
  unit: 'kB' | 'ms' | '%' | 'x'
  /** The target. */
  most?: number
}

export const workspacePath = ({ workspaceId }: Place): string => `/w/${workspaceId}`

/** The value below which `share` of them lie; 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
