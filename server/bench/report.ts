import type { Figures, Pair } from './figures.ts'
import { median } from './histogram.ts'
import { connections, editsPerSecond, type Scenario } from './scenarios.ts'
import type { Verdict } from './targets.ts'

const rows: { key: keyof Figures; label: string; digits: number; onlyWithEdits: boolean }[] = [
  { key: 'deliveryP50', label: 'delivery p50, ms', digits: 2, onlyWithEdits: true },
  { key: 'deliveryP99', label: 'delivery p99, ms', digits: 2, onlyWithEdits: true },
  { key: 'deliveryMax', label: 'delivery longest, ms', digits: 1, onlyWithEdits: true },
  { key: 'acknowledgementP50', label: 'acknowledgement p50, ms', digits: 2, onlyWithEdits: true },
  { key: 'acknowledgementP99', label: 'acknowledgement p99, ms', digits: 2, onlyWithEdits: true },
  { key: 'deliveriesPerSecond', label: 'deliveries a second', digits: 0, onlyWithEdits: true },
  { key: 'cpuPerDelivery', label: 'server CPU a delivery, µs', digits: 2, onlyWithEdits: true },
  { key: 'deliveriesPerFrame', label: 'deliveries a frame', digits: 2, onlyWithEdits: true },
  { key: 'cpuPerFrame', label: 'server CPU a frame, µs', digits: 2, onlyWithEdits: true },
  { key: 'caretP50', label: 'a caret moved, p50, ms', digits: 2, onlyWithEdits: true },
  { key: 'caretP99', label: 'a caret moved, p99, ms', digits: 2, onlyWithEdits: true },
  { key: 'framesPerSecond', label: 'frames a second to all pages', digits: 0, onlyWithEdits: false },
  { key: 'kilobytesPerSecond', label: 'KB a second to all pages', digits: 0, onlyWithEdits: false },
  { key: 'cpuShare', label: 'server CPU, % of a core', digits: 1, onlyWithEdits: false },
  { key: 'connectSeconds', label: 'all joined after, s', digits: 1, onlyWithEdits: false },
  { key: 'blockJoining', label: 'longest block while joining, ms', digits: 0, onlyWithEdits: false },
  { key: 'workJoining', label: 'most CPU between turns, joining, ms', digits: 0, onlyWithEdits: false },
  { key: 'blockMeasured', label: 'longest block while measured, ms', digits: 0, onlyWithEdits: false },
  { key: 'workMeasured', label: 'most CPU between turns, measured, ms', digits: 0, onlyWithEdits: false },
  { key: 'memory', label: 'server memory (RSS), MB', digits: 0, onlyWithEdits: false },
  { key: 'pss', label: 'server memory (PSS), MB', digits: 0, onlyWithEdits: false },
  { key: 'memoryPerConnection', label: 'memory a connection, KB', digits: 1, onlyWithEdits: false },
  { key: 'restartReady', label: 'restart: ready after, s', digits: 1, onlyWithEdits: false },
  { key: 'restartFirst', label: 'restart: first page back after, s', digits: 1, onlyWithEdits: false },
  { key: 'restartLast', label: 'restart: last page back after, s', digits: 1, onlyWithEdits: false },
  { key: 'restartSynced', label: 'restart: all synced after, s', digits: 1, onlyWithEdits: false },
  { key: 'restartCpu', label: 'restart: busiest second, % of a core', digits: 0, onlyWithEdits: false },
  { key: 'restartMemory', label: 'restart: most memory (RSS), MB', digits: 0, onlyWithEdits: false },
  { key: 'restartBlock', label: 'restart: longest block, ms', digits: 0, onlyWithEdits: false },
  { key: 'restartWork', label: 'restart: most CPU between turns, ms', digits: 0, onlyWithEdits: false },
  { key: 'generatorCpu', label: "generator's own CPU, % of a core", digits: 0, onlyWithEdits: false },
  { key: 'generatorLag', label: "generator's timers late by (p99), ms", digits: 2, onlyWithEdits: false },
  { key: 'wrong', label: 'missing, refused, closed', digits: 0, onlyWithEdits: false },
]

const spread = (values: number[], digits: number): string => {
  if (values.length === 0) return ''
  const middle = median(values).toFixed(digits)
  if (values.length === 1) return middle
  return `${middle} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`
}

export const titleOf = (scenario: Scenario): string =>
  `${scenario.name}: ${scenario.documents} documents × ${scenario.clients} clients, ${scenario.writers} of them writing ${scenario.rate} edits a second` +
  ` (${connections(scenario)} connections, ${editsPerSecond(scenario)} edits a second${scenario.awareness ? ', with awareness' : ''}${scenario.workspaces > 0 ? `, ${scenario.workspaces} workspaces` : ''}${scenario.restart === null ? '' : `, restarted by ${scenario.restart}`})`

/** Above this share of a core the generator's own queue is part of each latency. In %. */
const busyGenerator = 80

/** The medians of all pairs, lowest and highest in brackets, and which targets they reach. */
export function report(scenario: Scenario, pairs: readonly Pair[], verdicts: readonly Verdict[]): string {
  const plain = pairs.flatMap((pair) => pair.plain ?? [])
  const weft = pairs.flatMap((pair) => pair.weft ?? [])
  const lines = [`${''.padEnd(38)}${'plain'.padStart(26)}${'weft'.padStart(26)}`]
  for (const { key, label, digits, onlyWithEdits } of rows) {
    if (onlyWithEdits && editsPerSecond(scenario) === 0) continue
    if ([...plain, ...weft].every((figures) => Number.isNaN(figures[key]))) continue
    const cell = (figures: Figures[]) =>
      spread(
        figures.map((one) => one[key]),
        digits,
      ).padStart(26)
    lines.push(label.padEnd(38) + cell(plain) + cell(weft))
  }
  const fsync = (key: 'fsyncP50' | 'fsyncP99') =>
    spread(
      pairs.map((pair) => pair[key]),
      2,
    )
  lines.push(`${'write + fsync of 4 KB, ms'.padEnd(38)}p50 ${fsync('fsyncP50')}, p99 ${fsync('fsyncP99')}`)
  const busiest = Math.max(...[...plain, ...weft].map((figures) => figures.generatorCpu))
  if (busiest > busyGenerator) {
    lines.push(
      `The generator used ${busiest.toFixed(0)} % of a core: latencies are partly its own, compare CPU a delivery.`,
    )
  }
  for (const { target, reached, figures } of verdicts) {
    lines.push(`${reached ? 'reached    ' : 'NOT REACHED'} ${target}: ${figures}`)
  }
  return lines.join('\n')
}
