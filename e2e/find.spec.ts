import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { idOf } from './harness/people.ts'
import { body, expect, expectSaved, type Team, test, write } from './harness/team.ts'

const bar = (page: Page) => page.getByRole('search', { name: 'Find in document' })
const query = (page: Page) => bar(page).getByRole('textbox', { name: 'Find' })
const count = (page: Page) => bar(page).getByRole('status')
const active = (page: Page) => body(page).locator('.weft-hit-active')

const markdown = `The loom stands still.

- a Loom
- looms and a heirloom

<details>
<summary>More</summary>

a **lo**om out of sight

</details>
`

async function openText(team: Team, page: Page): Promise<void> {
  const { id } = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Looms', markdown })
  await page.goto(`/w/${team.workspaceId}/d/${id}`)
  await body(page).waitFor()
}

/** Whether a page keeps the key for itself when it is pressed there. */
const takesKey = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const press = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true })
      element.dispatchEvent(press)
      return press.defaultPrevented
    })

test('words are found and replaced by keys alone, while another writes, and one step takes it back', async ({
  team,
}) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await openText(team, page)
  await bens.goto(page.url())
  await body(bens).waitFor()

  expect(await takesKey(page, 'nav a, aside a')).toBe(false)
  await body(page).locator('p').first().click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Control+f')
  await expect(query(page)).toBeFocused()
  await page.keyboard.type('loom')
  await expect(count(page)).toHaveText('1 of 5')
  await page.keyboard.press('Enter')
  await expect(count(page)).toHaveText('2 of 5')
  await expect(active(page)).toHaveText('Loom')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await expect(count(page)).toHaveText('5 of 5')
  // It was out of sight, in closed details.
  await expect(active(page).last()).toBeVisible()

  await body(bens).locator('p').first().click()
  await bens.keyboard.press('Home')
  await bens.keyboard.type('A loom! ')
  await expect(count(page)).toHaveText('6 of 6')
  await expect(body(page).locator('.weft-hit')).not.toHaveCount(0)

  await bar(page).getByRole('button', { name: 'Match case' }).click()
  await expect(count(page)).toHaveText(/ of 5$|^5 hits$/)
  await bar(page).getByRole('button', { name: 'Whole words' }).click()
  await expect(count(page)).toHaveText(/ of 3$|^3 hits$/)

  await bar(page).getByRole('button', { name: 'Replace as well' }).click()
  await bar(page).getByRole('textbox', { name: 'Replace with' }).fill('frame')
  await bar(page).getByRole('button', { name: 'Replace all' }).click()
  await expect(count(page)).toHaveText('Replaced 3')
  await expect(body(bens)).toContainText('A frame! The frame stands still.')
  await expect(body(bens)).toContainText('heirloom')
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(body(page)).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(body(bens)).toContainText('A loom! The loom stands still.')
  await expect(body(bens)).not.toContainText('frame')
  await expectSaved(page)
})

test('a reader finds without replacing, on a phone from the menu', async ({ team, browser }) => {
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${await idOf(team.ben)}`, { role: 'view' })
  const { page: anns } = await team.open(team.ann)
  await write(anns, 'Warp here, warp there.')
  await expectSaved(anns)
  const context = await team.ben.openBrowser(browser, { viewport: { width: 360, height: 740 }, hasTouch: true })
  const page = await context.newPage()
  await page.goto(team.path)
  await expect(body(page)).toContainText('Warp here')
  await page.getByTestId('document-menu').tap()
  await page.getByRole('menuitem', { name: 'Find in document' }).tap()
  await expect(query(page)).toBeFocused()
  await query(page).fill('WARP')
  await expect(count(page)).toHaveText('1 of 2')
  await expect(bar(page).getByRole('button', { name: 'Replace as well' })).toHaveCount(0)
  await bar(page).getByRole('button', { name: 'Next hit' }).tap()
  await expect(count(page)).toHaveText('2 of 2')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(page.locator('.weft-hit')).toHaveCount(0)
  // Where one only reads, the page around the text has the keyboard.
  await page.keyboard.press('Control+f')
  await expect(query(page)).toBeFocused()
  await context.close()
})
