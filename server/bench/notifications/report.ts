import { type Histogram, median } from '../histogram.ts'
import type { Round } from './announcing.ts'
import type { Openings } from './opening.ts'

export interface Outcome {
  rounds: readonly Round[]
  openings: Openings
  fsync: Histogram
  /** Of the processes that hold the inboxes open, during the announcements: share of one core each. */
  readersCpu: number
  wrong: number
}

/** To reach, in ms. */
const arrivalTarget = 500
/** Typing may take so many times what it takes without an announcement. */
const typingTarget = 2

const spread = (values: number[]): string => {
  const digits = median(values) < 100 ? 1 : 0
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)]
  return `${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
}

export const lineOf = (round: Round): string => {
  const { arrival, typingDuring, typingWithout, told } = round
  const ms = (histogram: Histogram, share: number) => histogram.percentile(share).toFixed(1)
  return `in the map p50 ${ms(arrival, 0.5)}, p99 ${ms(arrival, 0.99)} ms; all told after ${told.toFixed(0)} ms; typing p99 ${ms(typingDuring, 0.99)}, without it ${ms(typingWithout, 0.99)} ms`
}

/** Medians of the rounds, lowest and highest in brackets; and whether the targets were reached. */
export function report({ rounds, openings, fsync, readersCpu, wrong }: Outcome): { text: string; reached: boolean } {
  const of = (figure: (round: Round) => number) => rounds.map(figure)
  const percentile = (histogram: (round: Round) => Histogram, share: number) =>
    of((round) => histogram(round).percentile(share))
  const during = percentile((round) => round.typingDuring, 0.99)
  const without = percentile((round) => round.typingWithout, 0.99)
  const arrival = percentile((round) => round.arrival, 0.99)
  const rows: [label: string, figures: string][] = [
    ['command answered, ms', spread(of((round) => round.answered))],
    ['in the map of an open inbox, p50, ms', spread(percentile((round) => round.arrival, 0.5))],
    ['in the map of an open inbox, p99, ms', spread(arrival)],
    ['in the map of the last one, ms', spread(of((round) => round.arrival.max))],
    ['all told, ms', spread(of((round) => round.told))],
    ['typing meanwhile: delivery p50, ms', spread(percentile((round) => round.typingDuring, 0.5))],
    ['typing meanwhile: delivery p99, ms', spread(during)],
    ['typing without it: delivery p50, ms', spread(percentile((round) => round.typingWithout, 0.5))],
    ['typing without it: delivery p99, ms', spread(without)],
    ['deliveries of edits in a round, each', spread(of((round) => round.typingDuring.count))],
    ['server CPU without it, % of a core', spread(of((round) => (round.cpuWithout / round.told) * 100))],
    ['server CPU for it, ms', spread(of((round) => round.cpuDuring - round.cpuWithout))],
    ['to the disk for it, MB', spread(of((round) => (round.bytesDuring - round.bytesWithout) / (1 << 20)))],
    ['longest block of the event loop, ms', spread(of((round) => round.longestBlock))],
    ['most CPU between turns, ms', spread(of((round) => round.longestWork))],
    ["a reader process's CPU, % of a core", (readersCpu * 100).toFixed(0)],
    [`inbox of ${openings.entries} entries open, p50, ms`, openings.first.percentile(0.5).toFixed(1)],
    [`inbox of ${openings.entries} entries open, p99, ms`, openings.first.percentile(0.99).toFixed(1)],
    ['the same for a second page, p50, ms', openings.second.percentile(0.5).toFixed(1)],
    ['the same for a second page, p99, ms', openings.second.percentile(0.99).toFixed(1)],
    ['write + fsync of 4 KB, ms', `p50 ${fsync.percentile(0.5).toFixed(2)}, p99 ${fsync.percentile(0.99).toFixed(2)}`],
    ['twice, missing, or lost', String(wrong)],
  ]
  const ratio = median(during) / median(without)
  const verdicts: [reached: boolean, sentence: string][] = [
    [
      median(arrival) < arrivalTarget,
      `p99 from the command to the map below ${arrivalTarget} ms: ${median(arrival).toFixed(0)} ms`,
    ],
    [
      ratio <= typingTarget,
      `typing p99 not more than doubled: ${median(during).toFixed(1)} against ${median(without).toFixed(1)} ms, ${ratio.toFixed(2)} times`,
    ],
    [wrong === 0, 'each has exactly one of each, and the right count'],
  ]
  return {
    text: [
      ...rows.map(([label, figures]) => `${label.padEnd(40)}${figures.padStart(28)}`),
      ...verdicts.map(([reached, sentence]) => `${reached ? 'reached    ' : 'NOT REACHED'} ${sentence}`),
    ].join('\n'),
    reached: verdicts.every(([reached]) => reached),
  }
}
