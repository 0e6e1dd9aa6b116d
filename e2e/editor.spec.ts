import type { Page } from '@playwright/test'
import { body, expect, expectSaved, test, title, write } from './harness/team.ts'

/** Moves the browser's selection and presses a key in one task, before `selectionchange`: as on a busy page. */
const pressAt = (page: Page, paragraph: number, offset: number, key: string) =>
  body(page).evaluate(
    (dom, [paragraph, offset, key]) => {
      const text = dom.querySelectorAll('p')[paragraph]?.firstChild
      if (!text) throw new Error('no such paragraph')
      getSelection()?.collapse(text, offset)
      dom.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }))
    },
    [paragraph, offset, key] as const,
  )

test('a key acts where the caret is, though the browser has not told of its move', async ({ team }) => {
  const { page } = await team.open(team.ann)
  await write(page, 'first line')
  await page.keyboard.press('Enter')
  await page.keyboard.type('second line')
  await pressAt(page, 1, 6, 'Enter')
  await expect(body(page).locator('p')).toHaveText(['first line', 'second', ' line'])
  await page.keyboard.press('Control+a')
  await pressAt(page, 0, 5, 'Enter')
  await expect(body(page).locator('p')).toHaveText(['first', ' line', 'second', ' line'])
})

test('Home, then Backspace joins the first paragraph to the title', async ({ team }) => {
  const { page } = await team.open(team.ann)
  await write(page, 'and more')
  for (let i = 0; i < 10; i++) {
    await page.keyboard.press('Home')
    await page.keyboard.press('Backspace')
    await expect(title(page)).toHaveText('Warp and weftand more')
    await page.keyboard.press('Enter')
    await expect(title(page)).toHaveText('Warp and weft')
    await expect(body(page).locator('p')).toHaveText(['and more'])
    await page.keyboard.press('End')
  }
})

test('a key in the same instant as a click acts where the click was', async ({ team }) => {
  const { page } = await team.open(team.ann)
  await write(page, 'one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Control+a')
    const box = await body(page).locator('p').first().boundingBox()
    if (box === null) throw new Error('the paragraph is not laid out')
    await Promise.all([page.mouse.click(box.x + box.width - 4, box.y + box.height / 2), page.keyboard.press('Enter')])
    await expect(body(page).locator('p')).toHaveText(['one', ...Array<string>(i + 1).fill(''), 'two'])
  }
  await expectSaved(page)
})

test('a click below the text writes behind it, also behind a table', async ({ team }) => {
  const { page } = await team.open(team.ann)
  const clickBelow = async () => {
    const box = await body(page).boundingBox()
    if (box === null) throw new Error('the text is not laid out')
    await page.mouse.click(box.x + box.width / 3, box.y + box.height + 60)
  }
  await write(page, 'one')
  await page.keyboard.press('Control+Home')
  await clickBelow()
  await page.keyboard.type(' and two')
  await expect(body(page).locator('p')).toHaveText(['one and two'])
  await page.keyboard.press('Enter')
  await page.keyboard.type('/table')
  await page.keyboard.press('Enter')
  await expect(body(page).locator('table')).toBeVisible()
  await clickBelow()
  await page.keyboard.type('three')
  await expect(body(page).locator(':scope > p').last()).toHaveText('three')
  await expect(body(page).locator('table')).not.toContainText('three')
  // From within a cell the end of the text is the same place.
  await body(page).locator('th').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' and four')
  await expect(body(page).locator(':scope > p').last()).toHaveText('three and four')
  await expectSaved(page)
})

test('a plain document is read and not written, also when it is empty', async ({ team }) => {
  for (const markdown of ['', 'Only *text*.']) {
    const made = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, {
      title: 'Plain',
      kind: 'plain',
      markdown,
    })
    const { context, page } = await team.open(team.ann)
    await page.goto(`/w/${team.workspaceId}/d/${made.id}`)
    await expect(page.getByText('This is a plain-text document.')).toBeVisible()
    await expect(page.locator('.weft-plain')).toHaveText(markdown)
    await expect(page.locator('[contenteditable="true"]')).toHaveCount(0)
    await context.close()
  }
})
