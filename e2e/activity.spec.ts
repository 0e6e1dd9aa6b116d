import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type Team, test } from './harness/team.ts'

const rows = (page: Page) => page.getByTestId('activity')
const rowOf = (page: Page, title: string) => rows(page).filter({ hasText: title })

const make = async (team: Team, title: string): Promise<string> =>
  (await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title })).id ?? ''

/** A page of the history; `query` as it stands in the address. */
async function open(team: Team, page: Page, query = ''): Promise<void> {
  await page.goto(`/w/${team.workspaceId}/activity${query}`)
  await rows(page).first().waitFor()
}

async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('what happens shows up by itself, grouped and named; it can be filtered, searched and kept in the address', async ({
  team,
  browser,
}) => {
  const page = await (await team.ben.openBrowser(browser)).newPage()
  await page.goto(`/w/${team.workspaceId}`)
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(rowOf(page, 'Warp and weft')).toContainText('Ann created Warp and weft')
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()

  const id = await make(team, 'Shuttle')
  await expect(rowOf(page, 'Shuttle')).toContainText('Ann created Shuttle')
  for (const title of ['Bobbin', 'Bobbins']) await team.ann.call('POST', `/documents/${id}/rename`, { title })
  await expect(rowOf(page, 'renamed Bobbins')).toContainText('2 times')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await choose(page, 'Kind', 'People')
  await expect(rowOf(page, 'Bobbins')).toHaveCount(0)
  await expect(rows(page)).toContainText(['Ben joined'])
  await choose(page, 'Kind', 'Everything')
  await page.getByRole('searchbox', { name: 'Search titles and names' }).fill('bobb ann')
  await expect(rowOf(page, 'Warp')).toHaveCount(0)
  await expect(rowOf(page, 'created Bobbins')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue('bobb ann')
  await expect(rowOf(page, 'created Bobbins')).toBeVisible()
  await page.getByRole('searchbox').fill('nothing has this')
  await page.getByRole('button', { name: 'Show everything' }).click()

  await rowOf(page, 'created Bobbins').hover()
  await rowOf(page, 'created Bobbins').getByRole('button', { name: 'Only this document' }).click()
  await expect(rowOf(page, 'Warp')).toHaveCount(0)
  await page.getByRole('button', { name: 'Only Bobbins' }).click()
  await expect(rowOf(page, 'Warp and weft')).toBeVisible()
  await rowOf(page, 'created Bobbins').getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/d/${id}$`))
})

test('older entries come as one scrolls, to the very first', async ({ team, browser }) => {
  for (let n = 0; n < 70; n++) await make(team, `Thread ${n}.`)
  const page = await (await team.ben.openBrowser(browser)).newPage()
  await open(team, page)
  await rowOf(page, 'Thread 69.').hover()
  await expect(async () => {
    await page.mouse.wheel(0, 5_000)
    await expect(rows(page).filter({ hasText: 'made this workspace' })).toBeVisible({ timeout: 200 })
  }).toPass({ timeout: 30_000 })
  await expect(rowOf(page, 'Thread ')).toHaveCount(70)
})

test('[ACCESS-5] what becomes narrower goes from open pages, of one that was offline meanwhile too, and stays for others', async ({
  team,
  browser,
}) => {
  const id = await make(team, 'Secret loom')
  const contexts = await Promise.all([team.ben, team.ben, team.ann].map((person) => person.openBrowser(browser)))
  const [bens, away, anns] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page, Page]
  for (const page of [bens, away, anns]) {
    await open(team, page)
    await expect(rowOf(page, 'Secret loom')).toBeVisible()
  }
  await contexts[1]?.setOffline(true)
  await team.ann.call('PUT', `/documents/${id}/restriction`, { restricted: true })
  await expect(rowOf(bens, 'Secret loom')).toHaveCount(0, { timeout: 20_000 })
  await contexts[1]?.setOffline(false)
  await expect(rowOf(away, 'Secret loom')).toHaveCount(0, { timeout: 40_000 })
  await make(team, 'For everybody')
  for (const page of [bens, away, anns]) await expect(rowOf(page, 'For everybody')).toHaveCount(1)
  await expect(rowOf(anns, 'created Secret loom')).toHaveCount(1)
})
