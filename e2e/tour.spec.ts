import AxeBuilder from '@axe-core/playwright'
import { Person } from './harness/people.ts'
import { expect, test } from './harness/team.ts'

test('who makes a first workspace is shown around once, by mouse or keys, never over what they type; and again on request', async ({
  team,
  browser,
}) => {
  const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role: 'member' })
  const eve = await Person.signUp(team.server, 'Eve', invite.token)
  const context = await eve.openBrowser(browser, { reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByLabel('Name of the workspace').fill('Mill')
  await page.keyboard.press('Enter')
  const tour = page.getByTestId('tour')
  await expect(tour).toContainText('1 of 4')
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await tour.getByRole('button', { name: 'Next' }).press('Enter')
  await expect(tour.getByRole('heading', { name: 'Just write' })).toBeVisible()

  // Beside the text it stays; where there is no room for both, it gives way.
  await page.getByRole('button', { name: 'New document' }).first().click()
  const text = page.getByRole('textbox', { name: 'Text', exact: true })
  await text.click()
  await expect(tour).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await expect(tour).toHaveCount(0)
  await page.keyboard.type('Warp')
  await expect(text).toHaveText('Warp')
  await page.setViewportSize({ width: 1280, height: 720 })
  await expect(tour).toContainText('2 of 4')
  await tour.getByRole('button', { name: 'Next' }).click()
  await tour.getByRole('button', { name: 'Back' }).focus()
  await page.keyboard.press('Escape')
  await expect(tour).toHaveCount(0)
  await expect
    .poll(async () => ((await eve.call('GET', '/me')).settings as unknown as { tour: string }).tour)
    .toBe('done')
  await page.reload()
  await text.waitFor()
  await expect(tour).toHaveCount(0)

  await page.getByRole('main').press('?')
  await page.getByRole('button', { name: 'Show the tour' }).click()
  for (const name of ['Next', 'Next', 'Next', 'Done']) await tour.getByRole('button', { name }).click()
  await expect(tour).toHaveCount(0)
  await context.close()
})
