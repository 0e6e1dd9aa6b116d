import { type Browser, chromium } from '@playwright/test'
import { findChromium } from '../../scripts/chromium.ts'
import { buildClient } from '../../scripts/clientBuild.ts'
import { exitUnless } from '../../scripts/run.ts'
import { Person } from '../harness/people.ts'
import { WeftServer } from '../harness/weftServer.ts'
import { firstLoads } from './firstLoads.ts'
import { keyToScreen } from './keyToScreen.ts'
import { longDocument } from './longDocument.ts'
import { longTree } from './longTree.ts'
import { openings } from './openings.ts'
import type { Place } from './place.ts'

/**
 * `pnpm page-speed`: what a page costs before one can write, in a real Chromium on the production build. No test:
 * nothing fails because a machine is slow; `--strict` turns a missed target into exit code 1.
 */
const program = findChromium()
exitUnless(program !== null, 'This needs Chromium: "pnpm test" installs it, or CHROMIUM_PATH says where it is.')
exitUnless(await buildClient(), 'Nothing was measured: the application could not be built.')

async function prepare(server: WeftServer, browser: Browser): Promise<Place> {
  const owner = await Person.signUp(server, 'Ann')
  const workspaceId = (await owner.call('POST', '/workspaces', { name: 'Speed' })).id ?? ''
  const create = async (title: string, markdown: string) =>
    (await owner.call('POST', `/workspaces/${workspaceId}/documents`, { title, markdown })).id ?? ''
  return {
    server,
    browser,
    owner,
    workspaceId,
    shortId: await create('Short', 'One line.'),
    longId: await create('Twenty pages', longDocument()),
  }
}

const server = await WeftServer.start({ LIMIT_SIGN_INS_PER_MINUTE: '10000', LIMIT_HTTP_REQUESTS_PER_MINUTE: '100000' })
const browser = await chromium.launch({
  executablePath: program ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const measures = [firstLoads, openings, keyToScreen, longTree]
/** `--only longTree`: one of them. */
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined
let missed = false
try {
  const place = await prepare(server, browser)
  for (const measure of measures.filter(({ name }) => only === undefined || name === only)) {
    for (const { what, value, unit, most } of await measure(place)) {
      const verdict =
        most === undefined ? '' : value <= most ? `  reached: at most ${most}` : `  MISSED: at most ${most}`
      if (most !== undefined && value > most) missed = true
      console.log(`${value.toFixed(1).padStart(8)} ${unit.padEnd(3)} ${what}${verdict}`)
    }
  }
} finally {
  await browser.close()
  await server.dispose()
}
process.exit(missed && process.argv.includes('--strict') ? 1 : 0)
