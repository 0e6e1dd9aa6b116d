import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { buildRelease } from './harness/builds.ts'
import { Person } from './harness/people.ts'
import { onDevice } from './harness/profile.ts'
import { body, expect, expectSaved, saveWord, test, write } from './harness/team.ts'
import { WeftServer } from './harness/weftServer.ts'

const entry = join(import.meta.dirname, 'harness/servedBuild.ts')
const builds: Record<'one' | 'two', string> = { one: '', two: '' }

test.beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weft-builds-'))
  for (const release of ['one', 'two'] as const) {
    builds[release] = join(folder, release)
    await buildRelease(release, builds[release])
  }
})
test.afterAll(() => rm(join(builds.one, '..'), { recursive: true, force: true }))

const release = (page: Page) => page.evaluate(() => document.documentElement.dataset.release)
/** As if the tab went out of sight, or came back into it. */
const show = (page: Page, state: 'visible' | 'hidden') =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)

/** A server of release one with Ann and Ben, and a document that both may write. */
async function meet() {
  const env = { CLIENT_DIRECTORY: builds.one }
  const server = await WeftServer.start(env, undefined, entry)
  const ann = await Person.signUp(server, 'Ann')
  const { id: workspaceId } = await ann.call('POST', '/workspaces', { name: 'Looms' })
  const { token } = await ann.call('POST', `/workspaces/${workspaceId}/invites`, { role: 'member' })
  const ben = await Person.signUp(server, 'Ben', token)
  await ben.call('POST', '/invites/accept', { token })
  const { id } = await ann.call('POST', `/workspaces/${workspaceId}/documents`, { title: 'Warp' })
  const deploy = async (next: keyof typeof builds) => {
    await server.kill('SIGTERM')
    env.CLIENT_DIRECTORY = builds[next]
    await server.boot()
  }
  return { server, ann, ben, path: `/w/${workspaceId}/d/${id}`, markdown: async () => markdownOf(ben, id), deploy }
}

const markdownOf = async (person: Person, id: string | undefined) =>
  (await person.call('GET', `/documents/${id}/export`)).markdown

test('a new version takes over with edits unsent: none is lost, and parts of the old one still load until then', async ({
  browser,
}) => {
  const { server, ann, path, markdown, deploy } = await meet()
  const context = await ann.openBrowser(browser)
  const page = await context.newPage()
  await page.goto(path)
  await write(page, 'Sent. ')
  await expectSaved(page)
  await onDevice(page)
  expect(await release(page)).toBe('one')

  await deploy('two')
  await show(page, 'visible')
  await expect(page.getByTestId('new-version')).toBeVisible()
  await context.setOffline(true)
  await write(page, 'Not sent. ')
  await expect(saveWord(page)).toHaveText('Offline: saved on this device')
  expect(await release(page)).toBe('one')
  // A part that this page has not loaded yet, and that no server has any more.
  await page.getByTestId('workspace-switcher').click()
  await page.getByRole('menuitem', { name: 'Members and invitations' }).click()
  await expect(page.getByTestId('members')).toContainText('Ben')
  expect(await release(page)).toBe('one')
  await page.goBack()
  await write(page, 'And this. ')
  await page.getByTestId('new-version').getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => release(page).catch(() => null)).toBe('two')
  await expect(body(page)).toContainText('Sent. Not sent. And this.')
  await expect(page.getByTestId('new-version')).toHaveCount(0)
  await write(page, 'After it. ')
  await context.setOffline(false)
  await expectSaved(page)
  expect(await markdown()).toContain('Sent. Not sent. And this. After it.')
  await context.close()
  await server.dispose()
})

test('a page that nobody looks at takes a new version by itself, and not before its text is sent', async ({
  browser,
}) => {
  const { server, ann, path, markdown, deploy } = await meet()
  const context = await ann.openBrowser(browser)
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(path)
  await write(page, 'Before. ')
  await expectSaved(page)
  await onDevice(page)
  await deploy('two')
  await show(page, 'visible')
  await expect(page.getByTestId('new-version')).toBeVisible()
  await context.setOffline(true)
  await write(page, 'Unsent. ')
  await show(page, 'hidden')
  // Half a minute of its own time, in which it looks several times.
  await page.clock.runFor(30_000)
  expect(await release(page)).toBe('one')
  expect(await markdown()).not.toContain('Unsent.')

  await context.setOffline(false)
  await expect
    .poll(() =>
      page.clock
        .runFor(5_000)
        .then(() => release(page))
        .catch(() => null),
    )
    .toBe('two')
  expect(await markdown()).toContain('Unsent.')
  await expect(body(page)).toContainText('Before. Unsent.')
  await context.close()
  await server.dispose()
})

test('without a service worker, a page whose parts are gone from the server recovers by itself', async ({
  browser,
}) => {
  const { server, ann, path, deploy } = await meet()
  const context = await ann.openBrowser(browser, { serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(path)
  await write(page, 'Kept. ')
  await expectSaved(page)
  await deploy('two')
  await page.getByTestId('workspace-switcher').click()
  await page.getByRole('menuitem', { name: 'Members and invitations' }).click()
  await expect(page.getByTestId('members')).toContainText('Ben')
  expect(await release(page)).toBe('two')
  await context.close()
  await server.dispose()
})

test('a main script that does not come is asked for again, and then people are told', async ({ browser }) => {
  const { server, ann } = await meet()
  const context = await ann.openBrowser(browser, { serviceWorkers: 'block' })
  await context.route('**/assets/libraries-*.js', (route) => route.abort())
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.getByText('Weft could not be loaded.')).toBeVisible()
  await context.unroute('**/assets/libraries-*.js')
  await page.reload()
  await expect(page.getByTestId('account')).toBeVisible()
  await context.close()
  await server.dispose()
})
