import { mkdirSync, rmSync } from 'node:fs'
import { needChromium } from './chromium.ts'
import { buildClient } from './clientBuild.ts'
import { needNginx } from './nginx.ts'
import { browserOutcome, failureText, type Outcome, unitOutcome } from './outcomes.ts'
import { exitUnless, projectRoot, runTool } from './run.ts'

const results = `${projectRoot}.cache/test`
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

/** The main job's specs: they run a second time, where the server refuses WebSockets. */
const mainJob = ['writing', 'offline', 'saved', 'kill', 'people'].map((name) => `e2e/${name}.spec.ts`)

const browser = await needChromium()
exitUnless(
  browser !== null,
  'The browser tests need Chromium, and it could not be installed: install it (Debian: "apt-get install chromium"), ' +
    'or say where it is in CHROMIUM_PATH.',
)
if ((await needNginx()) === null) {
  console.log('There is no nginx here, so its tests are skipped: install it, or say where it is in NGINX_PATH.')
}
exitUnless(await buildClient(), 'The tests did not run: the application could not be built.')

const unit = await runTool('vitest', ['run', '--reporter=default', '--reporter=./scripts/unitReporter.ts'], {
  UNIT_OUTCOME: `${results}/unit.json`,
})
const browserTests = (outcome: string, args: string[], env: Record<string, string> = {}): Promise<number> =>
  runTool('playwright', ['test', '--config', 'e2e/playwright.config.ts', ...args], {
    CHROMIUM_PATH: browser ?? '',
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${results}/${outcome}.json`,
    ...env,
  })
const e2e = await browserTests('e2e', [])
const fallback = await browserTests('fallback', mainJob, { WEBSOCKETS: 'refused' })

const outcomes = [
  unitOutcome(`${results}/unit.json`),
  browserOutcome(`${results}/e2e.json`),
  browserOutcome(`${results}/fallback.json`),
]
const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((all, outcome) => all + count(outcome), 0)
const passed = sum((outcome) => outcome.passed)
const failures = outcomes.flatMap((outcome) => outcome.failures)
if (failures.length > 0) console.log(`\n${failures.map(failureText).join('\n\n')}`)
console.log(`\n${passed} passed, ${failures.length} failed, ${sum((outcome) => outcome.skipped)} skipped`)
exitUnless(
  unit === 0 && e2e === 0 && fallback === 0 && passed > 0 && failures.length === 0,
  'Some tests failed; they are named above.',
)
