import type { Page } from '@playwright/test'
import { onDevice, Profile, signIn, storedLists } from './harness/profile.ts'
import { test as base, body, expect, expectSaved, saveWord, title, write } from './harness/team.ts'

const offline = 'Offline: saved on this device'

const test = base.extend<{ profile: Profile }>({
  profile: async ({ playwright, launchOptions }, use) => {
    const profile = await Profile.create(playwright.chromium, launchOptions)
    await use(profile)
    await profile.dispose()
  },
})

const inTree = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name })

async function openMenu(page: Page, name: string): Promise<void> {
  await inTree(page, name).hover()
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
}

test('a closed browser opens again without the server: all that was seen is there, and what is written arrives', async ({
  team,
  profile,
}) => {
  const { server, ann, ben, workspaceId } = team
  const home = `${server.url}/w/${workspaceId}`
  const second = await ann.call('POST', `/workspaces/${workspaceId}/documents`, {
    title: 'Shuttle',
    markdown: 'A shuttle carries the weft.',
  })
  const code = await ann.call('POST', `/workspaces/${workspaceId}/documents`, {
    title: 'Code',
    markdown: '```js\nconst threads = 12\n```',
  })

  let page = await profile.open()
  await signIn(page, server.url, ann)
  await inTree(page, 'Shuttle').click()
  await expect(body(page)).toContainText('A shuttle carries the weft.')
  await inTree(page, 'Code').click()
  await expect(body(page)).toContainText('const threads')
  await inTree(page, 'Warp and weft').click()
  await write(page, 'Written with a server. ')
  await expectSaved(page)
  await onDevice(page)
  await expect.poll(() => storedLists(page)).toContain('"Ben"')
  await profile.close()
  await server.kill('SIGTERM')

  page = await profile.open()
  await page.goto(home)
  await expect(page.getByRole('heading', { name: 'Looms' })).toBeVisible()
  await expect(page.getByTestId('account')).toContainText('Ann')
  await inTree(page, 'Shuttle').click()
  await expect(body(page)).toContainText('A shuttle carries the weft.')
  // Parts that this page had not loaded before.
  await inTree(page, 'Code').click()
  await expect(page.locator('.hljs-keyword', { hasText: 'const' })).toBeVisible()
  await page.getByTestId('workspace-switcher').click()
  await page.getByRole('menuitem', { name: 'Members and invitations' }).click()
  await expect(page.getByTestId('members')).toContainText('Ben')
  await page.goto(server.url + team.path)
  await expect(body(page)).toContainText('Written with a server.')
  await write(page, 'Written without. ')
  await expect(saveWord(page)).toHaveText(offline)
  await profile.close()

  page = await profile.open()
  await page.goto(`${server.url}/w/${workspaceId}/d/${second.id}`)
  await write(page, ' It flies.')
  await expect(saveWord(page)).toHaveText(offline)
  await page.goto(server.url + team.path)
  await expect(body(page)).toContainText('Written without.')
  await write(page, 'And after one more start. ')
  await expect(saveWord(page)).toHaveText(offline)
  await profile.close()

  await server.boot()
  const { page: bens } = await team.open(ben)
  await expect(body(bens)).toContainText('Written with a server.')
  page = await profile.open()
  await page.goto(`${server.url}/w/${workspaceId}/d/${code.id}`)
  await expectSaved(page)
  await expect(body(bens)).toContainText('Written without. And after one more start.')
  await expect
    .poll(async () => (await ben.call('GET', `/documents/${second.id}/export`)).markdown)
    .toContain('carries the weft. It flies.')
})

test('a network that swallows everything: the page opens as for an absent server', async ({ team, profile }) => {
  const { server, ann } = team
  let page = await profile.open()
  await signIn(page, server.url, ann)
  await page.goto(server.url + team.path)
  await write(page, 'Seen before. ')
  await expectSaved(page)
  await onDevice(page)
  await expect.poll(() => storedLists(page)).toContain('Looms')
  await profile.close()

  page = await profile.open()
  // Never answered, never refused.
  await profile.context.route('**/api/**', () => {})
  await page.goto(server.url + team.path)
  await expect(body(page)).toContainText('Seen before.')
  await expect(inTree(page, 'Warp and weft')).toBeVisible()
})

test('what is kept offline is readable without having been opened: a document, then a whole workspace', async ({
  team,
  profile,
}) => {
  const { server, ann, ben, workspaceId } = team
  const make = (name: string, markdown: string) =>
    ann.call('POST', `/workspaces/${workspaceId}/documents`, { title: name, markdown })
  await make('Kept', 'Text that nobody opened here.')
  await make('Other', 'Text of another document.')
  let page = await profile.open()
  await signIn(page, server.url, ann)
  await openMenu(page, 'Kept')
  await page.getByRole('menuitem', { name: 'Keep offline' }).click()
  await expect.poll(() => storedLists(page)).toContain('"documentId"')
  await openMenu(page, 'Kept')
  await expect(page.getByRole('menuitem', { name: /^Keep offline.*kB/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await onDevice(page)
  await profile.close()
  await server.kill('SIGTERM')

  page = await profile.open()
  await page.goto(`${server.url}/w/${workspaceId}`)
  await inTree(page, 'Kept').click()
  await expect(body(page)).toContainText('Text that nobody opened here.')
  await write(page, ' Now somebody did.')
  await expect(saveWord(page)).toHaveText(offline)
  await inTree(page, 'Other').click()
  await expect(page.getByText('Not on this device')).toBeVisible()
  await profile.close()

  await server.boot()
  page = await profile.open()
  await page.goto(`${server.url}/settings`)
  await page.getByRole('switch', { name: 'Keep all of Looms offline' }).click()
  await expect(page.getByText('3 documents here')).toBeVisible()
  await page.goto(server.url + team.path)
  await expectSaved(page)
  // Made by somebody else while the page is open, and never opened in it.
  await ben.call('POST', `/workspaces/${workspaceId}/documents`, { title: 'New of Ben', markdown: 'From Ben.' })
  await expect(inTree(page, 'New of Ben')).toBeVisible()
  await expect.poll(async () => ((await storedLists(page)).match(/"documentId"/g) ?? []).length).toBe(4)
  await profile.close()
  await server.kill('SIGTERM')

  page = await profile.open()
  await page.goto(`${server.url}/w/${workspaceId}`)
  await inTree(page, 'New of Ben').click()
  await expect(body(page)).toContainText('From Ben.')
  await inTree(page, 'Other').click()
  await expect(body(page)).toContainText('Text of another document.')
})

test('signing out leaves nothing of a person on the device, and the next one sees nothing of it', async ({
  team,
  profile,
}) => {
  const { server, ann, ben } = team
  const own = await ann.call('POST', '/workspaces', { name: 'Of Ann alone' })
  const secret = await ann.call('POST', `/workspaces/${own.id}/documents`, { title: 'Secret', markdown: 'Hidden.' })
  let page = await profile.open()
  await signIn(page, server.url, ann)
  await page.goto(`${server.url}/w/${own.id}/d/${secret.id}`)
  await write(page, 'More. ')
  await expectSaved(page)
  await page.getByTestId('document-menu').click()
  await page.getByRole('menuitem', { name: 'Keep offline' }).click()
  await expect.poll(() => storedLists(page)).toContain('Of Ann alone')
  await onDevice(page)
  // A second tab must not write anew what the first deletes.
  const other = await profile.context.newPage()
  await other.goto(`${server.url}/w/${own.id}/d/${secret.id}`)
  await body(other).waitFor()
  await page.getByTestId('account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await other.getByRole('button', { name: 'Sign in' }).waitFor()

  const left = () =>
    page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map(({ name }) => name),
      remembered: Object.keys(localStorage),
      cached: (
        await Promise.all(
          (
            await caches.keys()
          ).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)),
        )
      ).flat(),
    }))
  await expect.poll(async () => (await left()).databases).toEqual([])
  const { remembered, cached } = await left()
  expect(remembered.filter((key) => !/^weft-(theme|language|sidebar)$/.test(key))).toEqual([])
  expect(cached).toContain('/index.html')
  expect(cached.filter((path) => !/^\/(assets|icons)\/[^/]+$|^\/[^/]+\.(html|js|svg|webmanifest)$/.test(path))).toEqual(
    [],
  )
  await other.close()

  await signIn(page, server.url, ben)
  await expect(inTree(page, 'Warp and weft')).toBeVisible()
  await expect.poll(() => storedLists(page)).toContain('Looms')
  await profile.close()
  await server.kill('SIGTERM')
  page = await profile.open()
  await page.goto(server.url)
  await expect(page.getByTestId('account')).toContainText('Ben')
  await page.getByTestId('workspace-switcher').click()
  await expect(page.getByRole('menuitem', { name: 'Looms' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Of Ann alone' })).toHaveCount(0)
  await page.goto(`${server.url}/w/${own.id}/d/${secret.id}`)
  await expect(page.getByRole('navigation').or(page.getByRole('main')).first()).toBeVisible()
  await expect(page.getByText('Hidden.')).toHaveCount(0)
  expect(await storedLists(page)).not.toContain('Of Ann alone')
})

test('where the browser stores nothing, the page says so and works online', async ({ team }) => {
  const { context, page: first } = await team.open(team.ann)
  await first.close()
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { get: () => undefined })
  })
  const page = await context.newPage()
  await page.goto(team.path)
  await write(page, 'Online all the same. ')
  await expectSaved(page)
  await expect(title(page)).toHaveText('Warp and weft')
  await page.goto('/settings')
  await expect(page.getByText('This browser does not let Weft store text on this device')).toBeVisible()
})

test('the application can be installed', async ({ team }) => {
  const { context, page } = await team.open(team.ann)
  await onDevice(page)
  const session = await context.newCDPSession(page)
  const manifest = await session.send('Page.getAppManifest')
  expect(manifest.errors).toEqual([])
  expect(manifest.url).toBe(`${team.server.url}/manifest.webmanifest`)
  const { icons } = JSON.parse(manifest.data ?? '{}') as { icons: { src: string; sizes: string }[] }
  for (const { src, sizes } of icons) {
    const width = await page.evaluate(async (url) => {
      const image = new Image()
      image.src = url
      await image.decode()
      return image.naturalWidth
    }, src)
    if (sizes !== 'any') expect(`${width}x${width}`).toBe(sizes)
  }
  // Headless browsers install nothing: what they say of the manifest is all that they can be asked.
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
})
