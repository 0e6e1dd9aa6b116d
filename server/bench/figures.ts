import { must } from '@weft/shared/kit'
import type { Result } from './load.ts'
import { connections, type Scenario } from './scenarios.ts'

/** The numbers of one run that are compared: ms, µs of CPU, MB and KB, as said by the label's row in `report.ts`. */
export interface Figures {
  deliveryP50: number
  deliveryP99: number
  deliveryMax: number
  acknowledgementP50: number
  acknowledgementP99: number
  cpuPerDelivery: number
  cpuShare: number
  cpuPerFrame: number
  deliveriesPerFrame: number
  deliveriesPerSecond: number
  caretP50: number
  caretP99: number
  framesPerSecond: number
  kilobytesPerSecond: number
  blockJoining: number
  workJoining: number
  blockMeasured: number
  workMeasured: number
  restartReady: number
  restartFirst: number
  restartLast: number
  restartSynced: number
  restartCpu: number
  restartMemory: number
  restartBlock: number
  restartWork: number
  memory: number
  pss: number
  memoryPerConnection: number
  connectSeconds: number
  generatorCpu: number
  generatorLag: number
  wrong: number
}

/** One run of each server, or of one alone, and the disk beside them. */
export interface Pair {
  plain: Figures | null
  weft: Figures | null
  fsyncP50: number
  fsyncP99: number
}

export const worthOf = (figures: Figures | null): Figures => must(figures, 'figures of this server')

export function figuresOf(scenario: Scenario, result: Result): Figures {
  const { measurement, memory, restart } = result
  const none = Number.NaN
  const wrong =
    result.missing + result.unacknowledged + measurement.refused + measurement.gaps + measurement.failures.length
  return {
    deliveryP50: measurement.delivery.percentile(0.5),
    deliveryP99: measurement.delivery.percentile(0.99),
    deliveryMax: measurement.delivery.max,
    acknowledgementP50: measurement.acknowledgement.percentile(0.5),
    acknowledgementP99: measurement.acknowledgement.percentile(0.99),
    cpuPerDelivery: (result.cpuMs * 1000) / measurement.deliveries,
    cpuShare: result.cpuMs / 10 / result.seconds,
    cpuPerFrame: (result.cpuMs * 1000) / measurement.frames,
    deliveriesPerFrame: measurement.deliveries / measurement.frames,
    deliveriesPerSecond: measurement.deliveries / result.seconds,
    caretP50: measurement.caret.percentile(0.5),
    caretP99: measurement.caret.percentile(0.99),
    framesPerSecond: measurement.framesIn / result.seconds,
    kilobytesPerSecond: measurement.bytesIn / 1024 / result.seconds,
    blockJoining: result.loop.joining.longestBlock,
    workJoining: result.loop.joining.longestWork,
    blockMeasured: result.loop.measured.longestBlock,
    workMeasured: result.loop.measured.longestWork,
    restartReady: restart?.ready ?? none,
    restartFirst: restart?.firstOpened ?? none,
    restartLast: restart?.lastOpened ?? none,
    restartSynced: restart?.synced ?? none,
    restartCpu: restart?.busiestSecond ?? none,
    restartMemory: restart?.mostMemory ?? none,
    restartBlock: restart?.loop.longestBlock ?? none,
    restartWork: restart?.loop.longestWork ?? none,
    memory: memory.after,
    pss: memory.pss,
    memoryPerConnection: ((memory.after - memory.before) * 1024) / connections(scenario),
    connectSeconds: result.connectSeconds,
    generatorCpu: result.generator.cpu * 100,
    generatorLag: result.generator.lag,
    wrong,
  }
}
