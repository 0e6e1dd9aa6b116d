import AxeBuilder from '@axe-core/playwright'
import { body, expect, expectSaved, test, write } from './harness/team.ts'

test('focus mode leaves the text alone, with the word about saving; one comes and goes by keys, palette and menu', async ({
  team,
}) => {
  const { page } = await team.open(team.ann)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const sidebar = page.getByRole('complementary', { name: 'Sidebar' })
  const leave = page.getByRole('button', { name: 'Leave focus mode' })
  const expectFocused = async () => {
    await expect(leave).toBeVisible()
    for (const gone of [sidebar, page.getByTestId('document-menu'), page.getByTestId('side-panel')]) {
      await expect(gone).toHaveCount(0)
    }
  }
  const expectAll = async () => {
    await expect(leave).toHaveCount(0)
    for (const back of [sidebar, page.getByTestId('document-menu'), page.getByTestId('side-panel')]) {
      await expect(back).toBeVisible()
    }
  }
  await page.getByTestId('document-menu').click()
  await page.getByRole('menuitem', { name: 'Outline' }).click()
  await expectAll()

  await write(page, 'One')
  const top = async () => (await body(page).boundingBox())?.y
  const before = await top()
  await page.keyboard.press('Control+Shift+F')
  await expectFocused()
  expect(await top()).toBe(before)
  // The caret is where it was, and what is typed is saved, and said so.
  await page.keyboard.type(', two')
  await expect(body(page)).toHaveText('One, two')
  await expectSaved(page)
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  // A list in the text takes its Escape for itself.
  await page.keyboard.type(' /')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expectFocused()
  await page.keyboard.press('Escape')
  await expectAll()
  await page.keyboard.type(', three')
  await expect(body(page)).toContainText(', three')

  await page.getByTestId('document-menu').click()
  await page.getByRole('menuitem', { name: 'Focus mode' }).click()
  await expectFocused()
  await leave.click()
  await expectAll()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search and commands' }).getByRole('combobox').fill('focus')
  await page.getByRole('option', { name: 'Focus mode' }).click()
  await expectFocused()
  await page.setViewportSize({ width: 360, height: 740 })
  await expect(leave).toBeVisible()
  // Elsewhere there is no text to be alone with.
  await page.goto(`/w/${team.workspaceId}/members`)
  await expect(page.getByRole('button', { name: 'Show sidebar' })).toBeVisible()
})
