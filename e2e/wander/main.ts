import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { findChromium } from '../../scripts/chromium.ts'
import { buildClient } from '../../scripts/clientBuild.ts'
import { exitUnless } from '../../scripts/run.ts'
import { randomness } from '../fuzz/randomness.ts'
import { Person } from '../harness/people.ts'
import { WeftServer } from '../harness/weftServer.ts'
import { Faults } from './faults.ts'
import { Wanderer } from './Wanderer.ts'

/**
 * `pnpm wander`: two people click and type at random over all pages, as a seed says, for twenty minutes. Whatever a page
 * writes to the console as an error, and each request that fails but those that the server refuses, ends in exit code 1.
 */
const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const [minutes, seed] = [Number(values.minutes), Number(values.seed)]
exitUnless(minutes > 0 && Number.isInteger(seed), 'Usage: pnpm wander [--minutes 20] [--seed 1]')
const program = findChromium()
exitUnless(program !== null, 'This needs Chromium: "pnpm test" installs it, or CHROMIUM_PATH says where it is.')
exitUnless(await buildClient(), 'Nobody walked: the application could not be built.')

const markdown = [
  '# Loom',
  'Warp and **weft**, with a [link](https://weft.example).',
  '- [ ] one\n- [x] two',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '```ts\nconst shuttle = 1\n```',
  '> A quote',
].join('\n\n')

const server = await WeftServer.start({ LIMIT_SIGN_INS_PER_MINUTE: '10000' })
const browser = await chromium.launch({
  executablePath: program ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
const faults = new Faults()
let steps = 0
try {
  const ann = await Person.signUp(server, 'Ann')
  const workspaceId = (await ann.call('POST', '/workspaces', { name: 'Looms' })).id ?? ''
  const invite = await ann.call('POST', `/workspaces/${workspaceId}/invites`, { role: 'member' })
  const ben = await Person.signUp(server, 'Ben', invite.token)
  await ben.call('POST', '/invites/accept', { token: invite.token })
  const create = async (title: string, parentId: string | null) =>
    (await ann.call('POST', `/workspaces/${workspaceId}/documents`, { title, markdown, parentId })).id ?? ''
  const [first, second] = [await create('Warp', null), await create('Weft', null)]
  const below = await create('Heddles', first)
  const at = (path: string) => `/w/${workspaceId}${path}`
  const places = [
    ...[first, second, below].map((id) => at(`/d/${id}`)),
    ...['', '/members', '/activity', '/archive', '/trash', '/nowhere'].map(at),
    ...['/', '/settings', '/settings/account', '/settings/announcements', '/settings/notifications', '/notifications'],
  ]
  const people = [ann, ben].map(async (person, index) => {
    const width = index === 0 ? { width: 1280, height: 800 } : { width: 390, height: 780 }
    const context = await person.openBrowser(browser, { viewport: width, hasTouch: index === 1 })
    return Wanderer.at(person.name, context, places, randomness(seed * 2 + index), faults)
  })
  const wanderers = await Promise.all(people)
  const end = Date.now() + minutes * 60_000
  // In turns, so that a seed means the same steps.
  while (Date.now() < end) {
    for (const wanderer of wanderers) await wanderer.step()
    steps += wanderers.length
  }
  for (const { name, page, walked } of wanderers) {
    const pages = [...walked].toSorted((one, other) => other[1] - one[1])
    console.log(`${name}: ${pages.map(([kind, times]) => `${kind} ${times}`).join(', ')}`)
    if (/sign-in/.test(page.url())) faults.add(`${name} was signed out`, [])
  }
} finally {
  await browser.close()
  await server.dispose()
}
console.log(`${steps} steps of two people in ${minutes} minutes, seed ${seed}: ${faults.size} faults`)
if (faults.size > 0) console.log(String(faults))
process.exit(faults.size === 0 ? 0 : 1)
