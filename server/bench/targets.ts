import { type Figures, type Pair, worthOf } from './figures.ts'
import { median } from './histogram.ts'
import { connections, editsPerSecond, type Scenario } from './scenarios.ts'

export interface Verdict {
  target: string
  reached: boolean
  figures: string
}

const ms = (value: number) => `${value.toFixed(2)} ms`

/** The targets that a load speaks of, each in the median of the pairs. */
export function judge(scenario: Scenario, pairs: readonly Pair[]): Verdict[] {
  const both = pairs.flatMap(({ plain, weft }) => (plain && weft ? [{ plain, weft }] : []))
  const weft = pairs.flatMap((pair) => (pair.weft ? [pair] : []))
  const of = (key: keyof Figures, name: 'plain' | 'weft') => median(both.map((pair) => pair[name][key]))
  const verdicts: Verdict[] = []
  if (both.length > 0 && editsPerSecond(scenario) > 0) {
    const over = median(both.map(({ plain, weft }) => weft.deliveryP99 - plain.deliveryP99 - weft.acknowledgementP99))
    verdicts.push({
      target: "delivery p99 at most plain's + our own acknowledgement p99",
      reached: over <= 0,
      figures: `${ms(of('deliveryP99', 'weft'))} against ${ms(of('deliveryP99', 'plain'))} + ${ms(of('acknowledgementP99', 'weft'))}`,
    })
    const ratio = median(both.map(({ plain, weft }) => weft.cpuPerDelivery / plain.cpuPerDelivery))
    verdicts.push({
      target: "CPU a delivery not more than plain's",
      reached: ratio <= 1,
      figures: `${of('cpuPerDelivery', 'weft').toFixed(2)} against ${of('cpuPerDelivery', 'plain').toFixed(2)} µs, ratio ${ratio.toFixed(2)}`,
    })
  }
  if (weft.length > 0 && editsPerSecond(scenario) >= 2000) {
    const acknowledged = median(weft.map((pair) => worthOf(pair.weft).acknowledgementP99))
    const allowed = median(weft.map((pair) => 10 + 3 * pair.fsyncP99))
    verdicts.push({
      target: 'acknowledgement p99 at most 10 ms + 3 × fsync p99 at 2,000 edits a second',
      reached: acknowledged <= allowed,
      figures: `${ms(acknowledged)} against ${ms(allowed)}`,
    })
  }
  const own = (key: keyof Figures) => median(weft.map((pair) => worthOf(pair.weft)[key]))
  if (weft.length > 0 && connections(scenario) >= 10_000) {
    const [bound, what] = scenario.workspaces === 0 ? [350, 'one channel'] : [1024, 'all channels of a page']
    verdicts.push({
      target: `10,000 connections with ${what} each within ${bound} MB of server memory`,
      reached: own('memory') <= bound,
      figures: `${own('memory').toFixed(0)} MB`,
    })
  }
  if (weft.length > 0 && scenario.restart !== null) {
    verdicts.push({
      target: 'all synced again within 30 s of a restart',
      reached: own('restartSynced') <= 30,
      figures: `${own('restartSynced').toFixed(1)} s`,
    })
  }
  if (weft.length > 0 && scenario.workspaces > 0) {
    const longest = Math.max(
      own('workJoining'),
      own('workMeasured'),
      scenario.restart === null ? 0 : own('restartWork'),
    )
    verdicts.push({
      target: 'the event loop blocked for at most 500 ms of its own CPU',
      reached: longest <= 500,
      figures: `${longest.toFixed(0)} ms`,
    })
  }
  return verdicts
}
