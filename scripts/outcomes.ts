import { readFileSync } from 'node:fs'

/** What a run of tests came to: how many, and each that failed with the first lines of why. */
export interface Outcome {
  passed: number
  skipped: number
  failures: { title: string; message: string }[]
}

interface UnitReport {
  numPassedTests: number
  numPendingTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

interface BrowserSuite {
  title: string
  specs: { title: string; ok: boolean; tests: { results: { errors: { message: string }[] }[] }[] }[]
  suites?: BrowserSuite[]
}

interface BrowserReport {
  stats: { expected: number; skipped: number }
  suites: BrowserSuite[]
  errors: { message: string }[]
}

// Both files are written by the version of the tool that this project pins.
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

/** From what Vitest's `json` reporter wrote. A file that could not even be loaded is a failure too. */
export function unitOutcome(file: string): Outcome {
  const report = read<UnitReport>(file)
  const failures = report.testResults.flatMap((result) => {
    const failed = result.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && result.status === 'failed') return [{ title: result.name, message: result.message }]
    return failed.map((test) => ({
      title: `${result.name} › ${test.fullName}`,
      message: test.failureMessages.join('\n'),
    }))
  })
  return { passed: report.numPassedTests, skipped: report.numPendingTests, failures }
}

/** From what Playwright's `json` reporter wrote. A test that passed at its second try counts as failed. */
export function browserOutcome(file: string): Outcome {
  const report = read<BrowserReport>(file)
  const failures = report.errors.map(({ message }) => ({ title: 'before the tests', message }))
  const visit = (suite: BrowserSuite, path: string): void => {
    for (const spec of suite.specs) {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors))
      if (!spec.ok || errors.length > 0)
        failures.push({ title: `${path} › ${spec.title}`, message: errors.map((error) => error.message).join('\n') })
    }
    for (const inner of suite.suites ?? []) visit(inner, `${path} › ${inner.title}`)
  }
  for (const suite of report.suites) visit(suite, suite.title)
  return { passed: report.stats.expected, skipped: report.stats.skipped, failures }
}

/** Lines of a message that are shown: a log's last screen must hold all that failed. */
const shownLines = 12

export const failureText = ({ title, message }: Outcome['failures'][number]): string =>
  [`✘ ${title}`, ...message.split('\n').slice(0, shownLines)].join('\n    ')
