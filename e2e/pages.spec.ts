import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { body, expect, expectSaved, type Team, test, title, write } from './harness/team.ts'

/** Every kind of screen on which people would notice a mistake. */
const looks = [
  { name: 'wide and light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'wide and dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: '360 px and light', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { name: '360 px and dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const
type Look = (typeof looks)[number]

/** Everything the browser complains of; what the server answers with on purpose is not a defect of the page. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}

/** No violation, and nothing wider than the screen. */
async function expectSound(page: Page, what: string): Promise<void> {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] })
  // Menus and tooltips belong to their buttons, and stand where they can be drawn over everything: in no landmark.
  const floating = page.getByRole('menu').or(page.getByRole('listbox')).or(page.getByRole('tooltip'))
  if ((await floating.count()) > 0) builder.disableRules(['region'])
  const { violations } = await builder.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect.soft(found, what).toEqual([])
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect.soft(excess, `${what}: scrolls sideways by`).toBeLessThanOrEqual(0)
}

async function open(team: Team, context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(team.path)
  await body(page).waitFor()
  return { page, complaints }
}

const still = (look: Look) =>
  ({ viewport: look.viewport, colorScheme: look.colorScheme, reducedMotion: 'reduce' }) as const

for (const look of looks) {
  test(`pages before one is in are sound, ${look.name}`, async ({ team, browser }) => {
    const context = await browser.newContext({ baseURL: team.server.url, ...still(look) })
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role: 'member' })
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Enter your password.').waitFor()
    await expectSound(page, 'sign-in with its errors')
    await page.goto('/sign-up')
    await page.getByText('By invitation only').waitFor()
    await expectSound(page, 'sign-up, closed')
    await page.goto(invite.url ?? '')
    await page.getByRole('heading', { name: /invites you/ }).waitFor()
    await expectSound(page, 'invitation')
    await page.getByRole('link', { name: 'Make an account to join' }).click()
    await page.getByLabel('Password').waitFor()
    await expectSound(page, 'sign-up')
    await page.goto('/nowhere')
    await page.getByText('There is nothing here').waitFor()
    await expectSound(page, 'an address of nothing')
    expect(complaints).toEqual([])
    await context.close()
  })

  test(`a document and its dialogs are sound, ${look.name}`, async ({ team, browser }) => {
    // Each look at a page takes a second or two.
    test.slow()
    const [annsBrowser, bensBrowser] = [
      await team.ann.openBrowser(browser, still(look)),
      await team.ben.openBrowser(browser, still(look)),
    ]
    const { page, complaints } = await open(team, annsBrowser)
    await expect(page.getByText('Write, or type / for blocks')).toHaveCount(0)
    await expectSound(page, 'an empty document')
    const { page: bens, complaints: bensComplaints } = await open(team, bensBrowser)
    await write(bens, 'Words, a [link](https://example.org) and ')
    await bens.keyboard.press('Shift+Home')
    await expect(page.getByTestId('presence-avatar')).toBeVisible()
    await expect(page.locator('.weft-caret')).toBeAttached()
    await expectSound(page, 'a document with two people')
    await expectSound(bens, 'selected text and its menu')

    await page.getByTestId('share').click()
    await page.getByRole('combobox', { name: 'Access of Ben' }).waitFor()
    await expectSound(page, 'share')
    await page.getByRole('combobox', { name: 'Access of Ben' }).click()
    await page.getByRole('option', { name: 'Can view' }).click()
    await expect(bens.getByTestId('save-word')).toHaveText('View only')
    await expectSound(bens, 'read-only')
    await page.keyboard.press('Escape')
    await page.getByTestId('document-menu').click()
    await page.getByRole('menuitem', { name: 'Copy link' }).waitFor()
    await expectSound(page, 'the menu of a document')
    await page.keyboard.press('Escape')
    await page.getByTestId('save-word').click()
    await page.getByText('Everything is saved').waitFor()
    await expectSound(page, 'what “Saved” means')
    await page.keyboard.press('Escape')
    await annsBrowser.setOffline(true)
    await expect(page.locator('[data-word="offline"]')).toBeVisible()
    await expectSound(page, 'offline')
    expect(complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(text))).toEqual([])
    expect(bensComplaints).toEqual([])
    await annsBrowser.close()
    await bensBrowser.close()
  })

  test(`the workspace’s pages are sound, ${look.name}`, async ({ team, browser }) => {
    // Each look at a page takes a second or two.
    test.slow()
    const context = await team.ann.openBrowser(browser, still(look))
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    await page.goto(`/w/${team.workspaceId}`)
    await page
      .getByRole('link', { name: /Warp and weft/ })
      .first()
      .waitFor()
    await expectSound(page, 'home')
    await page.getByRole('main').getByRole('button', { name: 'New document' }).click()
    await title(page).waitFor()
    await expectSaved(page)
    await expectSound(page, 'a new document')
    await page.keyboard.type('Looms\n/')
    await page.getByRole('listbox').waitFor()
    await expectSound(page, 'the slash menu')
    await page.keyboard.press('Escape')

    await page.goto(`/w/${team.workspaceId}/members`)
    await page.getByTestId('members').waitFor()
    await page.getByTestId('invites').waitFor()
    await expectSound(page, 'members')
    await page.getByRole('button', { name: 'Options for Ben' }).click()
    await page.getByRole('menuitem', { name: 'Remove…' }).click()
    await page.getByRole('alertdialog').waitFor()
    await expectSound(page, 'the question before removing')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Invite by link' }).click()
    await expectSound(page, 'inviting')
    await page.getByRole('button', { name: 'Create link' }).click()
    await page.getByTestId('invite-link').waitFor()
    await expectSound(page, 'an invitation’s link')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await expectSound(page, 'the list of keys')
    await page.keyboard.press('Escape')
    if (look.viewport.width < 768) {
      await page.getByRole('button', { name: 'Show sidebar' }).click()
      await page.getByRole('dialog').waitFor()
      await expectSound(page, 'the drawer')
    }
    await page.getByTestId('workspace-switcher').click()
    await page.getByRole('menuitem', { name: 'New workspace…' }).click()
    await page.getByRole('dialog').getByLabel('Name of the workspace').waitFor()
    await expectSound(page, 'a new workspace')
    await page.goto('/settings')
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    await expectSound(page, 'settings')
    await page.goto('/settings/account')
    await page.getByTestId('devices').waitFor()
    await expectSound(page, 'account and security')
    await page.goto(`/w/${team.workspaceId}/trash`)
    await page.getByText('The trash is empty').waitFor()
    await expectSound(page, 'the trash')
    await page.goto(`/w/${team.workspaceId}/nothing`)
    await page.getByText('There is nothing here').waitFor()
    await expectSound(page, 'an address of nothing, within')
    expect(complaints).toEqual([])
    await context.close()
  })
}

test('nothing in the header jumps when people come and text is saved', async ({ team }) => {
  const { page } = await team.open(team.ann)
  await expectSaved(page)
  const places = async () =>
    Promise.all(
      ['save-word', 'share', 'document-menu'].map(async (id) => (await page.getByTestId(id).boundingBox())?.x),
    )
  const before = await places()
  const { page: bens } = await team.open(team.ben)
  await expect(page.getByTestId('presence-avatar')).toBeVisible()
  expect(await places()).toEqual(before)
  await write(page, 'Words. ')
  expect(await places()).toEqual(before)
  await expectSaved(page)
  expect(await places()).toEqual(before)
  await bens.close()
  await expect(page.locator('[data-presence="gone"]')).toBeVisible()
  expect(await places()).toEqual(before)
})

test('a long tree shows the document that is open', async ({ team }) => {
  const places = Array.from({ length: 60 }, (_, i) => ({ title: `Bolt ${i}` }))
  let last: Record<string, string> = {}
  for (const place of places) last = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, place)
  const { page } = await team.open(team.ann)
  const tree = page.getByTestId('document-tree')
  await expect(tree.getByRole('link', { name: 'Bolt 59' })).not.toBeInViewport()
  await page.goto(`/w/${team.workspaceId}/d/${last.id}`)
  await expect(tree.getByRole('link', { name: 'Bolt 59' })).toBeInViewport()
})
