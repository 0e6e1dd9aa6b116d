import { type Histogram, median } from '../histogram.ts'
import type { TargetName } from '../target.ts'
import type { Opening } from './opening.ts'
import type { Stored } from './stored.ts'

export interface PaperFigures {
  name: TargetName
  /** Until all of it was acknowledged. */
  seconds: number
  /** Handed to the disk until then, and until the document was at rest. */
  bytesTyped: number
  bytesAtRest: number
  stored: Stored
  /** Openings of the document at rest, and right after somebody typed. */
  folded: Opening[]
  typed: Opening[]
  /** Acknowledgements while it is open, ms. */
  typing: Histogram
  memoryTyped: number
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} KB`

const spread = (values: readonly number[], digits = 1): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`

/** The table, and whether a cold opening takes at most half of what it takes the stock server. */
export function paperReport(
  edits: number,
  keys: number,
  all: readonly PaperFigures[],
): { text: string; reached: boolean } {
  const rows: [string, (figures: PaperFigures) => string][] = [
    ['edits a second, written by one client', ({ seconds }) => (edits / seconds).toFixed(0)],
    ['bytes to the disk an edit, until acknowledged', ({ bytesTyped }) => (bytesTyped / edits).toFixed(0)],
    ['bytes to the disk an edit, until at rest', ({ bytesAtRest }) => (bytesAtRest / edits).toFixed(0)],
    ['what it is loaded from', ({ stored }) => kilobytes(stored.snapshotBytes)],
    [
      'history kept',
      ({ stored }) =>
        stored.segments === 0 ? 'none' : `${kilobytes(stored.segmentBytes)} in ${stored.segments} segments`,
    ],
    ['database', ({ stored }) => kilobytes(stored.fileBytes)],
    ['cold open, ms', ({ folded }) => spread(folded.map(({ cold }) => cold))],
    ['warm open, ms', ({ folded }) => spread(folded.map(({ warm }) => warm))],
    [`cold open after ${2 * keys} edits, ms`, ({ typed }) => spread(typed.map(({ cold }) => cold))],
    [`warm open after ${2 * keys} edits, ms`, ({ typed }) => spread(typed.map(({ warm }) => warm))],
    [
      'acknowledgement p50 / p99 while open, ms',
      ({ typing }) => `${typing.percentile(0.5).toFixed(1)} / ${typing.percentile(0.99).toFixed(1)}`,
    ],
    [
      'memory after a start, MB',
      ({ folded }) =>
        spread(
          folded.map(({ memoryBefore }) => memoryBefore),
          0,
        ),
    ],
    [
      'memory with it open, MB',
      ({ folded }) =>
        spread(
          folded.map(({ memoryOpen }) => memoryOpen),
          0,
        ),
    ],
    ['memory after the typing, MB', ({ memoryTyped }) => memoryTyped.toFixed(0)],
  ]
  const lines = rows.map(
    ([label, of]) => `  ${label.padEnd(48)}${all.map((figures) => of(figures).padEnd(26)).join('')}`,
  )
  const head = `  ${''.padEnd(48)}${all.map(({ name }) => name.padEnd(26)).join('')}`
  const cold = (name: TargetName) =>
    median(
      all.filter((figures) => figures.name === name).flatMap(({ folded }) => folded.map((opening) => opening.cold)),
    )
  const ratio = cold('weft') / cold('plain')
  const reached = ratio <= 0.5
  const verdict = `  ${reached ? 'reached' : 'NOT REACHED'}: a cold open takes at most half of plain's: ${ratio.toFixed(2)} times`
  return { text: [head, ...lines, verdict].join('\n'), reached }
}
