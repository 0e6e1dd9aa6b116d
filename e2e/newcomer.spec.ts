import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { test as base } from '@playwright/test'
import { emailOf, password } from './harness/people.ts'
import { body, expect, expectSaved, saveWord, title, write } from './harness/team.ts'
import { WeftServer } from './harness/weftServer.ts'

const markdownFile = join(import.meta.dirname, '../scripts/seeds/cargo-bike.md')

interface House {
  server: WeftServer
  /** An empty browser profile. */
  visit(path: string): Promise<{ context: BrowserContext; page: Page }>
}

const test = base.extend<{ house: House }>({
  house: async ({ browser }, use) => {
    const server = await WeftServer.start()
    const contexts: BrowserContext[] = []
    await use({
      server,
      visit: async (path) => {
        const context = await (browser as Browser).newContext({ baseURL: server.url })
        contexts.push(context)
        const page = await context.newPage()
        await page.goto(path)
        return { context, page }
      },
    })
    await Promise.all(contexts.map((context) => context.close()))
    await server.dispose()
  },
})

async function signUp(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(emailOf(name))
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign up' }).click()
}

async function foundWorkspace(page: Page): Promise<void> {
  await signUp(page, 'Ann')
  await page.getByLabel('Name of the workspace').fill('Tidewater')
  await page.getByRole('button', { name: 'Create workspace' }).click()
  await expect(page.getByRole('heading', { name: 'Tidewater' })).toBeVisible()
}

test('a newcomer signs up, brings a Markdown file, invites a second person, and both write, offline too', async ({
  house,
}) => {
  const { page: anns, context: annsBrowser } = await house.visit('/')
  await expect(anns.getByText('Nobody has an account here yet.')).toBeVisible()
  await foundWorkspace(anns)

  const chosen = anns.waitForEvent('filechooser')
  await anns.getByRole('main').getByRole('button', { name: 'Import Markdown' }).click()
  await (await chosen).setFiles(markdownFile)
  const heading = /^# (.+)$/m.exec(await readFile(markdownFile, 'utf8'))?.[1]
  await expect(title(anns)).toHaveText(heading ?? 'cargo-bike')
  await expect(body(anns).locator('table')).toBeVisible()
  await expectSaved(anns)

  await anns.getByTestId('share').click()
  await anns.getByRole('button', { name: 'Invite people by link…' }).click()
  await anns.getByRole('button', { name: 'Create link' }).click()
  const link = await anns.getByTestId('invite-link').inputValue()
  await anns.getByRole('button', { name: 'Close' }).click()

  const { page: bens, context: bensBrowser } = await house.visit(link)
  await expect(bens.getByRole('heading', { name: 'Ann invites you to Tidewater' })).toBeVisible()
  expect(bens.url()).not.toContain('#')
  await bens.getByRole('link', { name: 'Make an account to join' }).click()
  await signUp(bens, 'Ben')
  await bens
    .getByRole('navigation')
    .getByRole('link', { name: heading ?? 'cargo-bike' })
    .click()
  await body(bens).waitFor()

  await write(anns, ' Ann was here.')
  await expect(body(bens)).toContainText('Ann was here.')
  await write(bens, ' Ben as well.')
  await expect(body(anns)).toContainText('Ann was here. Ben as well.')
  await expect(anns.locator('.weft-caret').filter({ hasText: 'Ben' })).toBeAttached()
  await expect(bens.locator('.weft-caret').filter({ hasText: 'Ann' })).toBeAttached()
  await expect(anns.getByRole('button', { name: /^Ben/ })).toBeVisible()
  await expect(bens.getByRole('button', { name: /^Ann/ })).toBeVisible()

  await annsBrowser.setOffline(true)
  await bensBrowser.setOffline(true)
  await write(anns, ' Ann in the tunnel.')
  await write(bens, ' Ben at sea.')
  await expect(saveWord(anns)).toHaveText('Offline: saved on this device')
  await expect(saveWord(bens)).toHaveText('Offline: saved on this device')
  await annsBrowser.setOffline(false)
  await bensBrowser.setOffline(false)
  await expectSaved(anns)
  await expectSaved(bens)
  for (const page of [anns, bens]) {
    await expect(body(page)).toContainText('Ann in the tunnel.')
    await expect(body(page)).toContainText('Ben at sea.')
  }
  expect(await body(anns).textContent()).toBe(await body(bens).textContent())
})

test('[SAVE-8] whoever presses n and writes on loses no key', async ({ house }) => {
  const { page } = await house.visit('/')
  await foundWorkspace(page)
  await page.keyboard.press('n')
  await page.keyboard.type('Notes on looms\nThey weave, and nothing of it is lost.')
  await expect(title(page)).toHaveText('Notes on looms')
  await expect(body(page)).toHaveText('They weave, and nothing of it is lost.')
  await page.keyboard.type(' Not at the end either.')
  await expect(body(page)).toHaveText('They weave, and nothing of it is lost. Not at the end either.')
  await expectSaved(page)
  await page.keyboard.press('Control+.')
  await page.keyboard.press('Control+.')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Notes on looms' })).toHaveCount(1)
})

test('[EVENT-4] a document made without a network is there for everybody when it is back', async ({ house }) => {
  const { page, context } = await house.visit('/')
  await foundWorkspace(page)
  await page.getByRole('main').getByRole('button', { name: 'New document' }).click()
  await page.keyboard.type('First')
  await expect(title(page)).toHaveText('First')
  await expectSaved(page)

  await context.setOffline(true)
  await page.getByTestId('new-document').click()
  await expect(title(page)).toHaveText('')
  await page.keyboard.type('Made at sea\nWith no land in sight.')
  await expect(title(page)).toHaveText('Made at sea')
  await expect(saveWord(page)).toHaveText('Offline: saved on this device')
  await context.setOffline(false)
  await expectSaved(page)
  await page.reload()
  await expect(title(page)).toHaveText('Made at sea')
  await expect(body(page)).toHaveText('With no land in sight.')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Made at sea' })).toBeVisible()
})

test('on a phone, a new document from the drawer has the caret in its title', async ({ house }) => {
  const { page } = await house.visit('/')
  await foundWorkspace(page)
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('button', { name: 'Show sidebar' }).click()
  await page.getByTestId('new-document').click()
  await expect(title(page)).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.type('From a train')
  await expect(title(page)).toHaveText('From a train')
  await expectSaved(page)
})
