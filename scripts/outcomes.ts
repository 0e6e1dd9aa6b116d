import { readFileSync } from 'node:fs'

/** What a run of tests came to: how many, and each that failed with the first lines of why. */
export interface Outcome {
  passed: number
  skipped: number
  failures: { title: string; message: string }[]
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

// Both files are written by the versions of the tools that this project pins.
const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T

/** From what `unitReporter.ts` wrote. */
export const unitOutcome = (file: string): Outcome => read<Outcome>(file)

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

/** Lines of a message that are shown, and characters of a line: a log's last screen must hold all that failed. */
const shown = { lines: 16, characters: 600 }

export const failureText = ({ title, message }: Outcome['failures'][number]): string => {
  const lines = message.split('\n').slice(0, shown.lines)
  return [`✘ ${title}`, ...lines.map((line) => line.slice(0, shown.characters))].join('\n    ')
}
