import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { body, expect, expectSaved, test, title, write } from './harness/team.ts'

const tree = (page: Page) => page.getByTestId('document-tree')
const link = (page: Page, name: string) => tree(page).getByRole('link', { name, exact: true })
const item = async (page: Page, name: string) => {
  await page.getByTestId('document-menu').click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}
async function expectNoViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
}

test('an icon is seen by both, a star by one; a copy and a document from a template have the text', async ({
  team,
}) => {
  const { page, context } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, 'Tie the heddles.')
  await expectSaved(page)
  await item(page, 'Icon…')
  const search = page.getByLabel('Search, or type an emoji')
  await search.fill('sheaf of rice')
  await expect(page.getByRole('button', { name: '🌾' })).toBeVisible()
  await search.fill('zzzz')
  await page.getByRole('button', { name: 'Use it' }).click()
  await expect(page.getByText('That is not one emoji.')).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: '🧵' }).click()
  await expect(page).toHaveTitle('🧵 Warp and weft · Weft')
  await expect(bens).toHaveTitle('🧵 Warp and weft · Weft')
  await expect(tree(bens).getByRole('treeitem')).toContainText('🧵')

  await context.setOffline(true)
  await page.getByTestId('star').click()
  await expect(page.getByTestId('starred').getByRole('link')).toHaveText('🧵Warp and weft')
  await context.setOffline(false)
  await expect
    .poll(async () => (await team.ann.call('GET', `/documents/${team.documentId}`)).starredAt)
    .toEqual(expect.any(Number))
  await expect(bens.getByTestId('starred')).toHaveCount(0)

  await item(page, 'Duplicate')
  await expect(title(page)).toHaveText('Warp and weft (copy)')
  await expect(body(page)).toHaveText('Tie the heddles.')
  await write(page, ' Only here.')
  await expectSaved(page)
  await link(bens, 'Warp and weft (copy)').click()
  await expect(body(bens)).toHaveText('Tie the heddles. Only here.')

  await item(bens, 'Use as a template')
  await page.getByTestId('new-from-template').click()
  await page.getByRole('menuitem', { name: 'Warp and weft (copy)' }).click()
  await expect(page).not.toHaveURL(bens.url())
  await expect(body(page)).toHaveText('Tie the heddles. Only here.')
  await page.getByTestId('star').click()
  await page.getByRole('button', { name: 'Remove the star of Warp and weft', exact: true }).click()
  await expect(page.getByTestId('starred').getByRole('link')).toHaveText('🧵Warp and weft (copy)')
  await expectNoViolations(page)
})

test('archived: nobody writes, all can read and find it; back again; deleted for good, it is gone for both', async ({
  team,
}) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(bens, 'The warping mill.')
  await expectSaved(bens)
  await item(page, 'Archive')
  await expect(bens.getByTestId('archived')).toBeVisible()
  await expect(body(bens)).toHaveAttribute('contenteditable', 'false')
  await expect(tree(bens)).toHaveCount(0)

  await bens.setViewportSize({ width: 360, height: 640 })
  await bens.keyboard.press('Control+k')
  await bens.keyboard.type('warp')
  await expect(bens.getByRole('status').filter({ hasText: 'Nothing has the words' })).toBeAttached()
  await bens.getByRole('button', { name: 'Archived too' }).click()
  await expect(bens.getByRole('option', { name: /Warp and weft/ })).toContainText('archived')
  const box = await bens.getByRole('dialog').boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
  await expectNoViolations(bens)
  await bens.keyboard.press('Escape')
  await bens.goto(`/w/${team.workspaceId}/archive`)
  await expectNoViolations(bens)
  await bens.getByRole('button', { name: 'Take out of the archive: Warp and weft' }).click()
  await expect(page.getByTestId('archived')).toHaveCount(0)
  await write(page, ' It turns.')
  await expectSaved(page)

  await item(page, 'Move to trash')
  await bens.goto(`/w/${team.workspaceId}/trash`)
  await expect(bens.getByRole('button', { name: 'Restore Warp and weft' })).toBeVisible()
  // Ann made it: deleting it for good is hers.
  await expect(bens.getByRole('button', { name: 'Delete for good: Warp and weft' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Trash' }).click()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Delete for good: Warp and weft' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  await expect(bens.getByText('The trash is empty')).toBeVisible()
  await page.goto(team.path)
  await expect(page.getByRole('heading', { name: 'This document does not exist' })).toBeVisible()
})

test('what leads to a document is shown at its side as it is written, and search looks where one says', async ({
  team,
}) => {
  const other = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Selvedge' })
  await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, {
    title: 'Selvedge notes',
    parentId: other.id,
    markdown: 'The reed is fine.',
  })
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await item(page, 'Linked from')
  await expect(page.getByText('No document leads here yet.')).toBeVisible()
  const markdown = `The reed is [here](${team.server.url}${team.path}).`
  await team.ben.call('POST', `/workspaces/${team.workspaceId}/documents`, {
    title: 'By Ben',
    parentId: other.id,
    markdown,
  })
  await expect(page.getByTestId('backlinks').getByRole('link')).toHaveText(/^By Ben/, { timeout: 60_000 })
  await expectNoViolations(page)

  await bens.goto(`/w/${team.workspaceId}/d/${other.id}`)
  await body(bens).waitFor()
  const options = bens.getByRole('dialog').getByRole('option')
  await bens.getByRole('button', { name: 'Search' }).click()
  await bens.getByRole('button', { name: 'Below “Selvedge”' }).click()
  await expect(options).toHaveCount(3)
  const input = bens.getByRole('dialog').getByRole('combobox')
  await input.fill('reed')
  await expect(options).toHaveCount(2, { timeout: 60_000 })
  await bens.getByRole('button', { name: /^Written by/ }).click()
  await bens.getByRole('menuitem', { name: 'Ben' }).click()
  await expect(options).toHaveCount(1)
  await expect(options).toContainText('By Ben')
  await bens.getByRole('button', { name: 'No filter' }).click()
  await expect(options.first()).toBeVisible()
})
