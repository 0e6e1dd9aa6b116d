import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { body, expect, expectSaved, type Team, test, title, write } from './harness/team.ts'

const exported = async ({ ann, documentId }: Team) =>
  (await ann.call('GET', `/documents/${documentId}/export`)).markdown

const handle = (page: Page) => page.getByRole('button', { name: 'Move or change this block' })

test('callouts, details, formulas and emoji are made by keys, seen by the other, and exported', async ({ team }) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, '> ')
  await page.keyboard.type('[!WARNING] Mind the shuttle')
  await expect(body(bens).locator('[data-callout="warning"]')).toContainText('Mind the shuttle')
  await body(page).getByRole('combobox', { name: 'Kind of callout' }).selectOption('Tip')
  await expect(body(bens).locator('[data-callout="tip"]')).toContainText('Mind the shuttle')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')

  await page.keyboard.type('/details')
  await page.keyboard.press('Enter')
  await page.keyboard.type('How it is done')
  await page.keyboard.press('Enter')
  await page.keyboard.type('With patience')
  await expect(body(bens).locator('summary')).toHaveText('How it is done')
  // Closed for him, who has not opened it; open for her, who has.
  await expect(body(bens).getByText('With patience')).toBeHidden()
  await expect(body(page).getByText('With patience')).toBeVisible()
  await body(bens).getByRole('button', { name: 'Open or close' }).click()
  await expect(body(bens).getByText('With patience')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')

  await page.keyboard.type('It is $x^2$ :tad')
  const emoji = page.getByRole('listbox', { name: 'Emoji' })
  await expect(emoji.getByRole('option').first()).toContainText('🎉')
  await page.keyboard.press('Enter')
  await page.keyboard.type(' at 10:30 :rocket:')
  await expect(body(bens)).toContainText('🎉 at 10:30 🚀')
  await expect(body(bens).locator('span.weft-math .katex')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.keyboard.type('/formula')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Formula in LaTeX' })).toBeFocused()
  await page.keyboard.type('\\frac{a}{b}')
  await page.keyboard.press('Enter')
  await expect(body(bens).locator('div.weft-math .katex')).toHaveCount(1)
  await expect(body(page)).toBeFocused()
  await expectSaved(page)
  expect(await exported(team)).toBe(
    [
      '> [!TIP]\n> Mind the shuttle',
      '<details>\n<summary>How it is done</summary>\n\nWith patience\n\n</details>',
      'It is $x^2$ 🎉 at 10:30 🚀',
      '$$\n\\frac{a}{b}\n$$\n',
    ].join('\n\n'),
  )
  for (const colorScheme of ['light', 'dark'] as const) {
    await bens.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect((await new AxeBuilder({ page: bens }).include('.weft-editor').analyze()).violations).toEqual([])
  }
})

test('a link to a document follows its title, leads there, and says when it cannot', async ({ team }) => {
  const plan = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Plan for May' })
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, 'See [[may')
  const menu = page.getByRole('listbox', { name: 'Documents' })
  await expect(menu.getByRole('option')).toHaveText(['Plan for May'])
  await page.keyboard.press('Enter')
  await page.keyboard.type('soon')
  const link = (on: Page) => body(on).locator('a.weft-document-link')
  await expect(body(bens)).toHaveText('See Plan for May soon')
  await team.ann.call('POST', `/documents/${plan.id}/rename`, { title: 'Plan for June' })
  await expect(link(bens)).toHaveText('Plan for June')
  await expect(link(page)).toHaveText('Plan for June')
  await link(bens).click()
  await expect(title(bens)).toHaveText('Plan for June')
  await bens.goBack()
  await expect(link(bens)).not.toHaveAttribute('data-missing')
  await team.ann.call('DELETE', `/documents/${plan.id}`)
  await expect(link(bens)).toHaveAttribute('data-missing')
  await expect(link(bens)).toHaveAttribute('title', /cannot open it/)
  expect(await exported(team)).toContain(`](/w/${team.workspaceId}/d/${plan.id})`)
})

test('blocks are dragged, and changed from the menu of their handle; the other’s words go along', async ({ team }) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, 'one')
  for (const word of ['two', 'three']) {
    await page.keyboard.press('Enter')
    await page.keyboard.type(word)
  }
  const lines = (on: Page) => body(on).locator('p')
  await expect(lines(bens)).toHaveText(['one', 'two', 'three'])
  await lines(bens).last().click()
  await bens.keyboard.press('End')
  await lines(page).first().hover()
  const target = await lines(page).last().boundingBox()
  await handle(page).hover()
  await page.mouse.down()
  await page.mouse.move((target?.x ?? 0) + 40, (target?.y ?? 0) + 4)
  await bens.keyboard.type(' times')
  await expect(lines(page).last()).toHaveText('three times')
  await page.mouse.move((target?.x ?? 0) + 60, (target?.y ?? 0) + (target?.height ?? 0) - 2)
  await expect(page.locator('.weft-drop-line')).toBeVisible()
  await page.mouse.up()
  await expect(lines(bens)).toHaveText(['two', 'three times', 'one'])
  await expect(page.locator('.weft-drop-line')).toHaveCount(0)

  await lines(page).first().hover()
  await handle(page).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(lines(bens)).toHaveText(['two', 'two', 'three times', 'one'])
  await lines(page).first().hover()
  await handle(page).click()
  await page.getByRole('menuitem', { name: 'Turn into' }).click()
  await page.getByRole('menuitem', { name: 'Heading 2' }).click()
  await expect(body(bens).locator('h2')).toHaveText('two')
  await page.keyboard.press('Control+Alt+ArrowDown')
  await expect(body(bens).locator('> *')).toHaveText(['two', 'two', 'three times', 'one'])
  await expect(body(bens).locator('> :nth-child(2)')).toHaveJSProperty('tagName', 'H2')
  await expectSaved(page)
})

test('cells are merged and split, columns made wider, and the other sees it', async ({ team }) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, '/table')
  await page.keyboard.press('Enter')
  const cells = (on: Page) => body(on).locator('td, th')
  await expect(cells(bens)).toHaveCount(9)
  const tools = page.getByRole('toolbar', { name: 'Table' })
  await tools.getByRole('button', { name: 'Header column on or off' }).click()
  await expect(body(bens).locator('th')).toHaveCount(5)
  await expect(tools.getByRole('button', { name: 'Merge cells' })).toBeDisabled()
  const [from, to] = [await cells(page).nth(4).boundingBox(), await cells(page).nth(5).boundingBox()]
  await page.mouse.move((from?.x ?? 0) + 20, (from?.y ?? 0) + 15)
  await page.mouse.down()
  await page.mouse.move((to?.x ?? 0) + 30, (to?.y ?? 0) + 15, { steps: 4 })
  await page.mouse.up()
  await tools.getByRole('button', { name: 'Merge cells' }).click()
  await expect(cells(bens)).toHaveCount(8)
  await expect(body(bens).locator('td[colspan="2"]')).toHaveCount(1)
  await tools.getByRole('button', { name: 'Split cell' }).click()
  await expect(cells(bens)).toHaveCount(9)
  const edge = await cells(page).first().boundingBox()
  const [x, y] = [(edge?.x ?? 0) + (edge?.width ?? 0) - 1, (edge?.y ?? 0) + 10]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x - 60, y, { steps: 4 })
  await page.mouse.up()
  const width = async () => (await cells(bens).first().boundingBox())?.width ?? 0
  await expect.poll(width).toBeLessThan((edge?.width ?? 0) - 40)
  await expectSaved(page)
})

test('on a phone the block with the caret has its menu beside it', async ({ team, browser }) => {
  const context = await team.ann.openBrowser(browser, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  })
  const page = await context.newPage()
  await page.goto(team.path)
  await body(page).tap()
  await page.keyboard.type('one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  await handle(page).tap()
  await page.getByRole('menuitem', { name: 'Move up' }).tap()
  await expect(body(page).locator('p')).toHaveText(['two', 'one'])
  await handle(page).tap()
  await page.getByRole('menuitem', { name: 'Delete' }).tap()
  await expect(body(page).locator('p')).toHaveText(['one'])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await context.close()
})

test('the outline leads to headings and tells how long the text is', async ({ team }) => {
  const markdown = `## Warp\n\n${'word '.repeat(400)}\n\n## Weft\n\n${'word '.repeat(400)}\n\n### Beat\n\nend`
  const { id } = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Long', markdown })
  const { page } = await team.open(team.ann)
  await page.goto(`/w/${team.workspaceId}/d/${id}`)
  await body(page).waitFor()
  await page.getByTestId('document-menu').click()
  await page.getByRole('menuitem', { name: 'Outline' }).click()
  const panel = page.getByRole('complementary', { name: 'Outline' })
  await expect(panel.getByRole('listitem')).toHaveText(['Warp', 'Weft', 'Beat'])
  await expect(panel.getByTestId('counts')).toContainText('804 words')
  await panel.getByRole('button', { name: 'Beat' }).click()
  await expect(body(page).locator('h3')).toBeInViewport()
  await page.keyboard.press('Home')
  await page.keyboard.type('Last ')
  await expect(panel.getByRole('listitem')).toHaveText(['Warp', 'Weft', 'Last Beat'])
  await page.keyboard.press('Shift+Home')
  await expect(panel.getByTestId('counts')).toContainText('Selected: 1 word')
  await body(page).locator('h2').last().scrollIntoViewIfNeeded()
  await expect(panel.locator('[aria-current]')).toHaveCount(1)
  expect((await new AxeBuilder({ page }).include('aside').analyze()).violations).toEqual([])

  const width = async () => (await body(page).boundingBox())?.width ?? 0
  await panel.getByRole('button', { name: 'Close' }).click()
  const before = await width()
  await page.goto('/settings')
  await page.getByRole('combobox', { name: 'Length of lines' }).click()
  await page.getByRole('option', { name: 'Short' }).click()
  await page.goto(`/w/${team.workspaceId}/d/${id}`)
  await body(page).waitFor()
  await expect.poll(width).toBeLessThan(before - 40)
})
