import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, expectSaved, type Team, test, title, write } from './harness/team.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Documents' })
const row = (page: Page, name: string) => tree(page).getByRole('treeitem', { name, exact: true })

/** The tree as it is shown, one line a document, deeper ones indented. */
const shape = (page: Page): Promise<string[]> =>
  tree(page)
    .getByRole('treeitem')
    .evaluateAll((items) =>
      items.map((item) => '  '.repeat(Number(item.ariaLevel) - 1) + (item.querySelector('a')?.textContent ?? '')),
    )
const expectShape = (page: Page, ...lines: string[]) => expect.poll(() => shape(page)).toEqual(lines)

async function plant(team: Team, ...titles: string[]): Promise<void> {
  for (const name of titles) await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: name })
}

/** The middle of a line, or its upper edge. */
async function pointOn(page: Page, name: string, part: number): Promise<{ x: number; y: number }> {
  const box = await row(page, name).boundingBox()
  return { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + (box?.height ?? 0) * part }
}

test('documents are moved by mouse, by keys and without a network, and the other one sees each of it', async ({
  team,
}) => {
  await plant(team, 'Alpha', 'Beta', 'Gamma')
  const { page, context } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await expectShape(bens, 'Warp and weft', 'Alpha', 'Beta', 'Gamma')
  await expect(tree(page)).toHaveAttribute('data-movable', 'true')

  const drag = async (name: string, over: string, part: number) => {
    const [from, to] = [await pointOn(page, name, 0.5), await pointOn(page, over, part)]
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(from.x, from.y + 8)
    await page.mouse.move(to.x, to.y, { steps: 4 })
  }
  await drag('Gamma', 'Alpha', 0.5)
  await page.mouse.up()
  const below = ['Warp and weft', 'Alpha', '  Gamma', 'Beta']
  await expectShape(page, ...below)
  await expectShape(bens, ...below)
  await expect(page.getByText('“Gamma” now stands below “Alpha”, 1 of 1.')).toBeAttached()
  // Below itself there is no place, and who thinks better of it changes nothing.
  await drag('Alpha', 'Gamma', 0.5)
  await page.mouse.up()
  await drag('Beta', 'Warp and weft', 0.05)
  await expect(page.getByTestId('drop-line')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expectShape(page, ...below)
  await drag('Beta', 'Warp and weft', 0.05)
  await page.mouse.up()
  await expectShape(bens, 'Beta', 'Warp and weft', 'Alpha', '  Gamma')
  await expect(title(page)).toHaveText('Warp and weft')

  await row(page, 'Beta').focus()
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await expect(page.getByText('“Beta” now stands on the top level, 2 of 3.')).toBeAttached()
  await expect(row(page, 'Beta')).toBeFocused()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expectShape(bens, 'Warp and weft', '  Beta', 'Alpha', '  Gamma')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(row(page, 'Alpha')).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowLeft')
  await expect(row(page, 'Warp and weft')).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Alpha')

  await context.setOffline(true)
  await row(page, 'Beta').focus()
  await page.keyboard.press('Alt+Shift+ArrowLeft')
  await page.keyboard.press('Alt+Shift+ArrowUp')
  await expectShape(page, 'Beta', 'Warp and weft', 'Alpha')
  await expectShape(bens, 'Warp and weft', '  Beta', 'Alpha', '  Gamma')
  await context.setOffline(false)
  await expectShape(bens, 'Beta', 'Warp and weft', 'Alpha', '  Gamma')
  await expectShape(page, 'Beta', 'Warp and weft', 'Alpha')

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).include('aside').analyze()).violations).toEqual([])
  }
})

test('on a phone a finger that rests on a document takes it along, and one that does not scrolls', async ({
  team,
  browser,
}) => {
  await plant(team, 'Alpha', 'Beta')
  const context = await team.ann.openBrowser(browser, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  })
  const page = await context.newPage()
  await page.goto(`/w/${team.workspaceId}`)
  await page.getByRole('button', { name: 'Show sidebar' }).click()
  await expectShape(page, 'Warp and weft', 'Alpha', 'Beta')
  await expect(tree(page)).toHaveAttribute('data-movable', 'true')
  const devtools = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints })
  const from = await pointOn(page, 'Beta', 0.5)
  const to = await pointOn(page, 'Warp and weft', 0.5)
  await touch('touchStart', from)
  await expect(tree(page).locator('[data-dragged]')).toHaveCount(1)
  for (const part of [0.2, 0.6, 1]) {
    await touch('touchMove', { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part })
  }
  await touch('touchEnd')
  await expectShape(page, 'Warp and weft', '  Beta', 'Alpha')
  // It was no tap: the drawer is open still, on the page that it was opened on.
  await expect(page).toHaveURL(new RegExp(`/w/${team.workspaceId}$`))
  await row(page, 'Alpha').getByRole('link').tap()
  await expect(title(page)).toHaveText('Alpha')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await context.close()
})

test('a tree of hundreds has the lines in sight in the page, and all of them for keys and screen readers', async ({
  team,
}) => {
  await plant(team, ...Array.from({ length: 200 }, (_, at) => `Bolt ${at}`))
  const { page } = await team.open(team.ann)
  await expect.poll(() => tree(page).getByRole('treeitem').count()).toBeLessThan(80)
  await expect(row(page, 'Bolt 1')).toHaveAttribute('aria-setsize', '201')
  await row(page, 'Warp and weft').focus()
  await page.keyboard.press('End')
  await expect(row(page, 'Bolt 199')).toBeFocused()
  await expect(row(page, 'Bolt 199')).toHaveAttribute('aria-posinset', '201')
  await expect(row(page, 'Bolt 199')).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Bolt 199')
  await write(page, 'The last one.')
  await expectSaved(page)
  await page.reload()
  await expect(row(page, 'Bolt 199')).toBeInViewport()
  await row(page, 'Bolt 199').focus()
  await page.keyboard.press('Home')
  await expect(row(page, 'Warp and weft')).toBeFocused()
})
