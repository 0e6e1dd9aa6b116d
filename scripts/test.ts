import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { needChromium } from './chromium.ts'
import { buildClient } from './clientBuild.ts'
import { needNginx } from './nginx.ts'
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

const unit = await runTool('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${results}/unit.json`,
])
const browserTests = (outcome: string, args: string[], env: Record<string, string> = {}): Promise<number> =>
  runTool('playwright', ['test', '--config', 'e2e/playwright.config.ts', ...args], {
    CHROMIUM_PATH: browser ?? '',
    PLAYWRIGHT_JSON_OUTPUT_FILE: `${results}/${outcome}.json`,
    ...env,
  })
const e2e = await browserTests('e2e', [])
const fallback = await browserTests('fallback', mainJob, { WEBSOCKETS: 'refused' })

const read = (outcome: string) => JSON.parse(readFileSync(`${results}/${outcome}.json`, 'utf8'))
const units = read('unit')
const browsers = [read('e2e').stats, read('fallback').stats]
const sum = (name: 'expected' | 'unexpected' | 'flaky' | 'skipped'): number =>
  browsers.reduce((all, stats) => all + stats[name], 0)
const passed = units.numPassedTests + sum('expected')
const failed = units.numFailedTests + sum('unexpected') + sum('flaky')
const skipped = units.numPendingTests + sum('skipped')
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
exitUnless(
  unit === 0 && e2e === 0 && fallback === 0 && passed > 0 && failed === 0,
  'Some tests failed; the lines above say which.',
)
