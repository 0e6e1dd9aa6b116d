import AxeBuilder from '@axe-core/playwright'
import { openCentre, rows } from './harness/notifications.ts'
import { body, expect, test } from './harness/team.ts'

test('who may not see a document asks, and is let in from the notification; nobody learns whether there is one', async ({
  team,
  browser,
}) => {
  const made = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Budget' })
  await team.ann.call('PUT', `/documents/${made.id}/restriction`, { restricted: true })
  const { page: anns } = await team.open(team.ann)
  const context = await team.ben.openBrowser(browser)
  const bens = await context.newPage()
  const shown: (string | null)[] = []
  for (const id of ['AAAAAAAAAAAAAAAAAAAAA', made.id]) {
    await bens.goto(`/w/${team.workspaceId}/d/${id}`)
    await bens.getByRole('button', { name: 'Ask for access' }).click()
    await expect(bens.getByRole('status').filter({ hasText: 'those who can share it know' })).toBeVisible()
    shown.push(await bens.getByRole('main').textContent())
    expect((await new AxeBuilder({ page: bens }).analyze()).violations).toEqual([])
  }
  expect(shown[1]).toBe(shown[0])

  await openCentre(anns)
  await rows(anns).filter({ hasText: 'Ben asks to see a document' }).getByRole('link').click()
  const requests = anns.getByRole('region', { name: 'They ask to see this' })
  await requests.getByRole('combobox', { name: 'Access for Ben' }).click()
  await anns.getByRole('option', { name: 'Can edit' }).click()
  expect((await new AxeBuilder({ page: anns }).analyze()).violations).toEqual([])
  await requests.getByRole('button', { name: 'Let in: Ben' }).click()
  await expect(requests).toHaveCount(0)
  await expect(anns.getByRole('combobox', { name: 'Access of Ben' })).toHaveText('Can edit')
  // It opens by itself.
  await expect(body(bens)).toBeVisible()
  await context.close()
})
