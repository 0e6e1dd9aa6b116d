import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { idOf, password } from './harness/people.ts'
import { body, expect, expectSaved, type Team, test, write } from './harness/team.ts'

async function openAccount(page: Page): Promise<void> {
  await page.goto('/settings/account')
  await page.getByTestId('devices').waitFor()
}

async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** A second browser profile in which the same person signs in. */
async function elsewhere(team: Team, browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: team.server.url })
  const page = await context.newPage()
  await signIn(page, team.ann.email)
  await page.getByRole('heading', { name: 'Looms' }).waitFor()
  await page.goto(team.path)
  await body(page).waitFor()
  await expectSaved(page)
  return { context, page }
}

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

/** A photograph in landscape, as a phone would bring it. */
const photograph = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 1200
    canvas.height = 800
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    for (let x = 0; x < 1200; x += 20) {
      context.fillStyle = `hsl(${x / 4} 80% 50%)`
      context.fillRect(x, 0, 20, 800)
    }
    return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
  })

test('a picture is made small here, seen by others at once, and gone when it is removed', async ({ team, browser }) => {
  const { page: bens } = await team.open(team.ben)
  const context = await team.ann.openBrowser(browser)
  const page = await context.newPage()
  await page.goto(team.path)
  await body(page).waitFor()
  const seen = bens.getByTestId('members-present').getByRole('listitem').filter({ hasText: 'Ann' }).locator('img')
  await expect(bens.getByTestId('members-present').getByText('Ann')).toBeAttached()
  await expect(seen).toHaveCount(0)
  const settings = await context.newPage()
  await settings.goto('/settings')
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    settings.getByLabel('Your picture').setInputFiles({ name, mimeType, buffer })
  await choose('notes.png', 'image/png', Buffer.from('these are notes'))
  await expect(settings.getByRole('alert').filter({ hasText: 'no picture' })).toBeVisible()

  const picture = Buffer.from(await photograph(settings), 'base64')
  await context.setOffline(true)
  await choose('ann.jpg', 'image/jpeg', picture)
  await expect(settings.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible()
  await context.setOffline(false)
  await choose('ann.jpg', 'image/jpeg', picture)
  await expect(settings.getByRole('button', { name: 'Remove' })).toBeEnabled()
  await expect(seen).toHaveJSProperty('naturalWidth', 256)
  await expect(seen).toHaveJSProperty('naturalHeight', 256)
  await expect(page.getByTestId('account').locator('img')).toHaveAttribute('src', /\/api\/v1\/pictures\//)
  await expectNoViolation(settings)

  await settings.getByRole('button', { name: 'Remove' }).click()
  await expect(seen).toHaveCount(0)
  await context.close()
})

test('[ACCESS-4] one sees where one is signed in and ends it; a new password ends the rest', async ({
  team,
  browser,
}) => {
  const context = await team.ann.openBrowser(browser, { viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const { context: other, page: there } = await elsewhere(team, browser)
  await openAccount(page)
  const devices = page.getByTestId('devices').getByRole('listitem')
  await expect(devices).toHaveCount(2)
  await expect(page.getByTestId('devices')).toContainText('This device, now')
  await expectNoViolation(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Sign out on Chrome on Linux' }).click()
  await expect(devices).toHaveCount(1)
  await there.waitForURL(/sign-in/)
  await expect(there.getByRole('heading', { name: 'Sign in' })).toBeVisible()

  await signIn(there, team.ann.email)
  await there.getByRole('heading', { name: 'Looms' }).waitFor()
  const fill = async (current: string, next: string) => {
    await page.getByLabel('Current password').fill(current)
    await page.getByLabel('New password').fill(next)
    await page.getByLabel('New password').press('Enter')
  }
  await fill(password, 'short')
  await expect(page.getByText('Take at least 10 characters.')).toBeVisible()
  await fill('not my password', 'a much better password')
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await context.setOffline(true)
  await fill(password, 'a much better password')
  await expect(page.getByRole('alert').filter({ hasText: 'cannot be reached' })).toBeVisible()
  await context.setOffline(false)
  await fill(password, 'a much better password')
  await expect(page.getByText('Your password is changed.')).toBeVisible()
  await there.waitForURL(/sign-in/)
  await signIn(there, team.ann.email)
  await expect(there.getByText('do not belong together')).toBeVisible()
  await signIn(there, team.ann.email, 'a much better password')
  await there.getByRole('heading', { name: 'Looms' }).waitFor()
  // Whoever changed it writes on.
  await page.goto(team.path)
  await write(page, 'Still here.')
  await expectSaved(page)
  await context.close()
  await other.close()
})

test('a deleted account is gone from the lists and the device; its text stays; who owns something must hand it over', async ({
  team,
}) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(bens, 'Ben’s last words.')
  await expectSaved(bens)
  await expect(body(anns)).toContainText('Ben’s last words.')
  const bensId = await idOf(team.ben)
  await anns.goto('/settings/account')
  await expect(anns.getByText('You own this installation')).toBeVisible()
  await anns.goto(`/w/${team.workspaceId}/members`)
  await anns.getByTestId('members').getByText('Ben').waitFor()

  await team.ann.call('POST', `/workspaces/${team.workspaceId}/owner`, { userId: bensId })
  await openAccount(bens)
  await bens.getByRole('button', { name: 'Delete account…' }).click()
  const window = bens.getByRole('dialog')
  await expect(window).toContainText('Hand each of them over first')
  await window.getByRole('link', { name: 'Looms' }).click()
  await bens.getByRole('button', { name: 'Options for Ann' }).click()
  await bens.getByRole('menuitem', { name: 'Hand the workspace over…' }).click()
  await bens.getByRole('button', { name: 'Hand over' }).click()
  await expect(bens.getByTestId('members').getByRole('listitem').filter({ hasText: 'Ann' })).toContainText('Owner')

  await team.ben.call('POST', '/workspaces', { name: 'Ben’s own' })
  await openAccount(bens)
  await bens.getByRole('button', { name: 'Delete account…' }).click()
  await expect(window).toContainText('Nobody else is in Ben’s own')
  await expectNoViolation(bens)
  const submit = async (secret: string) => {
    await window.getByLabel('Password').fill(secret)
    await window.getByRole('button', { name: 'Delete for good' }).click()
  }
  await submit('not my password')
  await expect(window.getByText('This is not your password.')).toBeVisible()
  await bens.context().setOffline(true)
  await submit(password)
  await expect(window.getByRole('alert')).toContainText('cannot be reached')
  await bens.context().setOffline(false)
  await submit(password)
  await bens.waitForURL(/sign-in/)
  await expect(anns.getByTestId('members').getByText('Ben')).toHaveCount(0)
  const kept = await bens.evaluate(async () =>
    JSON.stringify([(await indexedDB.databases()).map(({ name }) => name), { ...localStorage }]),
  )
  expect(kept).not.toContain(bensId)
  await signIn(bens, team.ben.email)
  await expect(bens.getByText('do not belong together')).toBeVisible()
  await anns.goto(team.path)
  await expect(body(anns)).toContainText('Ben’s last words.')
})
