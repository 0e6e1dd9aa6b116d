import { writeFileSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import type { Outcome } from './outcomes.ts'

/** An error with what it was caused by: of a property test, the cause is what says what went wrong. */
function told({ name, message, stack, cause }: SerializedError): string {
  const at = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  const itself = [`${name ?? 'Error'}: ${message}`, ...at.slice(0, 3)].join('\n')
  if (typeof cause !== 'object' || cause === null || !('message' in cause)) return itself
  return `${told(cause as SerializedError)}\nin ${itself}`
}

/** Writes what a run came to, as an `Outcome` in JSON, to the file that `UNIT_OUTCOME` names. */
export default class UnitReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const outcome: Outcome = { passed: 0, skipped: 0, failures: [] }
    for (const module of modules) {
      for (const error of module.errors()) outcome.failures.push({ title: module.moduleId, message: told(error) })
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result()
        if (state === 'passed') outcome.passed++
        else if (state === 'skipped') outcome.skipped++
        else
          outcome.failures.push({
            title: `${module.moduleId} › ${test.fullName}`,
            message: errors?.map(told).join('\n') ?? '',
          })
      }
    }
    for (const error of unhandled) outcome.failures.push({ title: 'outside of the tests', message: told(error) })
    writeFileSync(process.env.UNIT_OUTCOME ?? 'unit.json', JSON.stringify(outcome))
  }
}
