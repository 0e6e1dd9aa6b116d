import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { needChromium } from './chromium.ts'
import { buildClient } from './clientBuild.ts'
import { exitUnless, projectRoot, runTool } from './run.ts'

const results = `${projectRoot}.cache/test`
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const browser = await needChromium()
exitUnless(
  browser !== null,
  'The browser tests need Chromium, and it could not be installed: install it (Debian: "apt-get install chromium"), ' +
    'or say where it is in CHROMIUM_PATH.',
)
exitUnless(await buildClient(), 'The tests did not run: the application could not be built.')

const unit = await runTool('vitest', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${results}/unit.json`,
])
const e2e = await runTool('playwright', ['test', '--config', 'e2e/playwright.config.ts'], {
  CHROMIUM_PATH: browser ?? '',
  PLAYWRIGHT_JSON_OUTPUT_FILE: `${results}/e2e.json`,
})

const unitCounts = JSON.parse(readFileSync(`${results}/unit.json`, 'utf8'))
const e2eCounts = JSON.parse(readFileSync(`${results}/e2e.json`, 'utf8')).stats
const passed = unitCounts.numPassedTests + e2eCounts.expected
const failed = unitCounts.numFailedTests + e2eCounts.unexpected + e2eCounts.flaky
const skipped = unitCounts.numPendingTests + e2eCounts.skipped
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
exitUnless(unit === 0 && e2e === 0 && passed > 0 && failed === 0, 'Some tests failed; the lines above say which.')
