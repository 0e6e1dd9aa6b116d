import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { body, expect, type Team, test, write } from './harness/team.ts'

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

const panel = (page: Page) => page.getByTestId('side-panel')
const rowsIn = (page: Page) => panel(page).getByTestId('activity')

/** As a person does who uses keys alone. */
async function openPanelByKeys(page: Page): Promise<void> {
  await page.getByTestId('document-menu').focus()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: 'Activity' })
  await item.waitFor()
  await item.press('Enter')
  await expect(panel(page)).toBeVisible()
}

test('a document’s history stands beside it: live, grouped, with who edits now, and stays from document to document', async ({
  team,
}) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await anns.getByTestId('document-menu').click()
  await anns.getByRole('menuitem', { name: 'Activity' }).click()
  await expect(panel(anns).getByRole('heading', { name: 'Today' })).toBeVisible()
  await expect(rowsIn(anns)).toHaveText([/Ann created this document/])
  // The text is still there to write in.
  await expect(body(anns)).toBeVisible()

  const rename = (title: string) => team.ben.call('POST', `/documents/${team.documentId}/rename`, { title })
  await rename('Weft and warp')
  await expect(rowsIn(anns).filter({ hasText: 'Ben renamed this document' })).toHaveCount(1)
  await rename('Warp and woof')
  await expect(rowsIn(anns).filter({ hasText: 'Ben renamed this document' })).toContainText('2 times')
  await write(bens, 'A thread. ')
  const spell = panel(anns).getByTestId('open-spell')
  await expect(spell).toContainText('Ben is editing this document')
  const other = await make(team, 'Shuttle')
  await expect(rowsIn(anns).filter({ hasText: 'Shuttle' })).toHaveCount(0)
  expect((await new AxeBuilder({ page: anns }).analyze()).violations).toEqual([])

  await choose(anns, 'Whose activity', 'The whole workspace')
  await expect(rowsIn(anns).filter({ hasText: 'Ann created Shuttle' })).toBeVisible()
  // By now he may have been still for half a minute.
  await expect(spell).toContainText(/Ben (is|was) editing Warp and woof/)
  await choose(anns, 'Whose activity', 'Ben')
  await expect(rowsIn(anns).filter({ hasText: 'Ann' })).toHaveCount(0)
  await expect(rowsIn(anns).filter({ hasText: 'Ben renamed' })).toBeVisible()

  await anns.getByTestId('document-tree').getByRole('link', { name: 'Shuttle' }).click()
  await expect(rowsIn(anns)).toHaveText([/Ann created this document/])
  await anns.reload()
  await expect(rowsIn(anns)).toHaveText([/Ann created this document/])
  await panel(anns).getByRole('link', { name: 'Open as a page' }).click()
  await expect(anns).toHaveURL(new RegExp(`/activity\\?document=${other}$`))
  await expect(panel(anns)).toHaveCount(0)
  await expect(rows(anns)).toHaveText([/Ann created Shuttle/])
})

test('the panel takes the keyboard and gives it back, and loads what is older as one scrolls', async ({ team }) => {
  for (let n = 0; n < 70; n++) await make(team, `Thread ${n}.`)
  const { page } = await team.open(team.ann)
  await openPanelByKeys(page)
  await expect(panel(page)).toBeFocused()
  // Past the head, to what scrolls; its keys are the browser's own.
  await page.keyboard.press('Tab')
  await expect(panel(page).getByRole('button', { name: 'Close' })).toBeFocused()
  await page.keyboard.press('Tab')
  const scroller = panel(page).locator('[data-scrolls]')
  await expect(scroller).toBeFocused()
  await choose(page, 'Whose activity', 'The whole workspace')
  await scroller.focus()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(rowsIn(page).filter({ hasText: 'made this workspace' })).toBeVisible({ timeout: 200 })
  }).toPass({ timeout: 60_000 })
  await expect(rowsIn(page).filter({ hasText: 'created Thread' })).toHaveCount(70)
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(page.getByTestId('document-menu')).toBeFocused()
})

test('on a narrow screen the panel is a sheet over the document, which goes with the page', async ({
  team,
  browser,
}) => {
  const context = await team.ann.openBrowser(browser, { viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto(team.path)
  await body(page).waitFor()
  await openPanelByKeys(page)
  await expect(page.getByRole('dialog', { name: 'Activity' })).toBeFocused()
  await expect(rowsIn(page)).toHaveText([/Ann created this document/])
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')
  await expect(panel(page)).toHaveCount(0)
  await expect(page.getByTestId('document-menu')).toBeFocused()
  await openPanelByKeys(page)
  await panel(page).getByRole('link', { name: 'Open as a page' }).click()
  await expect(panel(page)).toHaveCount(0)
  await expect(rows(page)).toHaveText([/Ann created Warp and weft/])
  await page.goBack()
  await body(page).waitFor()
  await expect(panel(page)).toHaveCount(0)
})

test('[ACCESS-5] of a document that only some may open, the panel tells those: live, and who edits it', async ({
  team,
}) => {
  await team.ann.call('PUT', `/documents/${team.documentId}/restriction`, { restricted: true })
  const benId = (await team.ben.call('GET', '/me')).id
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${benId}`, { role: 'edit' })
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await openPanelByKeys(anns)
  await expect(rowsIn(anns).filter({ hasText: 'changed who may open this document' })).toBeVisible()
  await team.ben.call('POST', `/documents/${team.documentId}/rename`, { title: 'For two' })
  await expect(rowsIn(anns).filter({ hasText: 'Ben renamed this document' })).toBeVisible()
  await write(bens, 'Between us. ')
  await expect(panel(anns).getByTestId('open-spell')).toContainText('Ben is editing this document')
})

test('what one finds can be taken along as a file: all of it, and only what the filter lets through', async ({
  team,
  browser,
}) => {
  for (let n = 0; n < 60; n++) await make(team, `Thread ${n}.`)
  await team.ben.call('POST', `/documents/${team.documentId}/rename`, { title: '=1+1' })
  const page = await (await team.ann.openBrowser(browser)).newPage()
  await open(team, page)
  const take = async (format: string): Promise<{ name: string; lines: string[] }> => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format }).click(),
    ])
    const text = await readFile(await file.path(), 'utf8')
    return { name: file.suggestedFilename(), lines: text.trimEnd().split(/\r?\n/) }
  }
  const all = await take('For spreadsheets (CSV)')
  expect(all.name).toBe('activity.csv')
  expect(all.lines[0]).toMatch(/^seq,time,type,actor,/)
  expect(all.lines.filter((line) => line.includes(',document.created,Ann,'))).toHaveLength(61)
  expect(all.lines.filter((line) => line.includes(',document.renamed,Ben,') && line.includes(",'=1+1,"))).toHaveLength(
    1,
  )

  await choose(page, 'Person', 'Ben')
  await expect(page).toHaveURL(/person=/)
  await choose(page, 'Kind', 'Documents')
  await expect(page).toHaveURL(/kind=documents/)
  const some = await take('For programs (JSON lines)')
  expect(some.name).toBe('activity.jsonl')
  expect(some.lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ type: 'document.renamed', actor: 'Ben', document: '=1+1' }),
  ])
})

test('what a person did is found from where the person is', async ({ team, browser }) => {
  const { page } = await team.open(team.ann)
  await team.open(team.ben)
  await page.getByTestId('presence-avatar').hover()
  const card = page.locator('[data-radix-popper-content-wrapper]')
  await card.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByRole('combobox', { name: 'Person' })).toHaveText('Ben')
  await expect(rows(page)).toHaveText([/Ben joined/])
  const other = await (await team.ann.openBrowser(browser)).newPage()
  await other.goto(`/w/${team.workspaceId}/members`)
  await other.getByRole('button', { name: 'Options for Ben' }).click()
  await other.getByRole('menuitem', { name: 'Activity' }).click()
  await expect(rows(other)).toHaveText([/Ben joined/])
})
