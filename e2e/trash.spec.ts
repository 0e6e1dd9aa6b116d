import { body, expect, expectSaved, test, title, write } from './harness/team.ts'

test('what went into the trash is listed there, and comes back with its text', async ({ team }) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, 'Not to be lost.')
  await expectSaved(page)
  await page.getByTestId('document-menu').click()
  await page.getByRole('menuitem', { name: 'Move to trash' }).click()
  const tree = bens.getByTestId('document-tree')
  await expect(tree.getByRole('link', { name: 'Warp and weft' })).toHaveCount(0)
  await bens.getByRole('navigation').getByRole('link', { name: 'Trash' }).click()
  await bens.getByRole('button', { name: 'Restore Warp and weft' }).click()
  await expect(bens.getByText('The trash is empty')).toBeVisible()
  await expect(page.getByTestId('document-tree').getByRole('link', { name: 'Warp and weft' })).toBeVisible()
  await tree.getByRole('link', { name: 'Warp and weft' }).click()
  await expect(title(bens)).toHaveText('Warp and weft')
  await expect(body(bens)).toContainText('Not to be lost.')
})
