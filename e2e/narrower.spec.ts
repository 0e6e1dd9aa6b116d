import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { Person } from './harness/people.ts'
import { body, expect, expectSaved, type Team, test, write } from './harness/team.ts'

/** Somebody more, who has joined the workspace. */
async function join(team: Team, name: string, role: 'member' | 'guest'): Promise<Person> {
  const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role })
  const person = await Person.signUp(team.server, name, invite.token)
  await person.call('POST', '/invites/accept', { token: invite.token })
  return person
}

const idOf = async (person: Person): Promise<string> => (await person.call('GET', '/me')).id ?? ''

const make = async (team: Team, title: string, parentId: string | null): Promise<string> =>
  (await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title, parentId })).id ?? ''

const tree = (page: Page) => page.getByTestId('document-tree')
const reach = (page: Page) => page.getByRole('combobox', { name: 'Who can open this' })

async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('[ACCESS-2] whoever is not listed loses a restricted document with what lies below it, live', async ({
  team,
  browser,
}) => {
  const carol = await join(team, 'Carol', 'member')
  const child = await make(team, 'Shuttle', team.documentId)
  const open = async (person: Person) => {
    const context = await person.openBrowser(browser)
    const page = await context.newPage()
    await page.goto(`/w/${team.workspaceId}/d/${child}`)
    await body(page).waitFor()
    return { context, page }
  }
  const [{ page: bens, context: first }, { page: carols, context: second }] = [await open(team.ben), await open(carol)]
  await write(bens, 'Before. ')
  await expect(body(carols)).toContainText('Before.')
  const { page: anns } = await team.open(team.ann)

  await anns.getByTestId('share').click()
  await choose(anns, 'Access of Carol', 'Can edit')
  await expect(anns.locator(`[data-user="${await idOf(carol)}"]`)).toContainText('Given here')
  await reach(anns).click()
  await anns.getByRole('option', { name: 'Only those listed here' }).click()
  await expect(anns.getByText('One person will lose access to this document and what lies below it.')).toBeVisible()
  await anns.getByRole('button', { name: 'Restrict' }).click()

  // Three times the five seconds that the rule promises: the wait's end, not a measurement.
  await expect(bens.getByText('You no longer have access to this document')).toBeVisible({ timeout: 15_000 })
  await expect(bens.getByText('Shuttle')).toHaveCount(0)
  await expect(bens.getByText('Warp and weft')).toHaveCount(0)
  await write(carols, 'For those listed.')
  await expectSaved(carols)
  await expect(bens.getByText('For those listed.')).toHaveCount(0)
  await expect(tree(carols).getByRole('link', { name: 'Shuttle (only some people can open this)' })).toBeVisible()
  await expect(carols.getByRole('button', { name: 'Share: only some people can open this' })).toBeVisible()
  await expect(anns.getByText('Ben', { exact: true })).toHaveCount(0)

  // And back: the page that was shut opens by itself.
  await reach(anns).click()
  await anns.getByRole('option', { name: 'Everybody in the workspace' }).click()
  await expect(anns.getByText('One more person will be able to open')).toBeVisible()
  await anns.getByRole('button', { name: 'Open it' }).click()
  await expect(body(bens)).toContainText('For those listed.')
  await expect(anns.getByRole('combobox', { name: 'Access of Ben' })).toBeVisible()
  await Promise.all([first.close(), second.close()])
})

test('[ACCESS-2] a page says so when its document is moved to where its reader may not follow', async ({ team }) => {
  const narrow = await make(team, 'Board only', null)
  await team.ann.call('PUT', `/documents/${narrow}/restriction`, { restricted: true })
  const { page: bens } = await team.open(team.ben)
  await expect(bens.getByText('Board only')).toHaveCount(0)
  await team.ann.call('POST', `/documents/${narrow}/move`, { parentId: null, afterId: null })
  const { page: anns } = await team.open(team.ann)
  await expect(tree(anns).getByRole('link').first()).toContainText('Board only')
  await tree(anns).getByRole('button', { name: 'Actions for Warp and weft' }).click()
  await anns.getByRole('menuitem', { name: 'Move below the one above' }).click()
  await expect(anns.getByText('“Warp and weft” now stands where only some people can open it.')).toBeVisible()
  await expect(bens.getByText('You no longer have access to this document')).toBeVisible({ timeout: 15_000 })
  await expect(tree(bens)).toHaveCount(0)
  await expect(bens.getByText('Board only')).toHaveCount(0)
})

test('a guest sees what they were given with what lies below it, and why others may open it', async ({
  team,
  browser,
}) => {
  const gus = await join(team, 'Gus', 'guest')
  const child = await make(team, 'Shuttle', team.documentId)
  await make(team, 'Not for guests', null)
  const { page: anns } = await team.open(team.ann)
  await anns.getByTestId('share').click()
  await choose(anns, 'Add a person', 'Gus')
  await anns.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(anns.locator(`[data-user="${await idOf(gus)}"]`)).toContainText('Given here')
  await anns.keyboard.press('Escape')

  const context = await gus.openBrowser(browser)
  const page = await context.newPage()
  await page.goto(`/w/${team.workspaceId}`)
  await tree(page).getByRole('link', { name: 'Shuttle' }).click()
  await expect(page).toHaveURL(new RegExp(child))
  await write(anns, 'Read along.')
  await expectSaved(anns)
  await expect(page.getByText('View only').first()).toBeVisible()
  await expect(tree(page).getByRole('link')).toHaveCount(2)
  await context.close()

  await anns.goto(`/w/${team.workspaceId}/d/${child}`)
  await anns.getByTestId('share').click()
  await expect(anns.locator(`[data-user="${await idOf(gus)}"]`)).toContainText('From “Warp and weft”')
  await expect(anns.locator(`[data-user="${await idOf(team.ben)}"]`)).toContainText('Member of the workspace')
  await expect(anns.locator(`[data-user="${await idOf(team.ann)}"]`)).toContainText('Owner of the workspace')
})

test('the share dialog is used by keyboard, on a phone too, and axe finds nothing in it', async ({ team }) => {
  await join(team, 'Gus', 'guest')
  const { page } = await team.open(team.ann)
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ]) {
    await page.setViewportSize(viewport)
    await page.getByTestId('share').focus()
    await page.keyboard.press('Enter')
    await reach(page).waitFor()
    const reached = () => reach(page).evaluate((element) => element === document.activeElement)
    for (let step = 0; step < 12 && !(await reached()); step++) await page.keyboard.press('Shift+Tab')
    await expect(reach(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('option', { name: 'Everybody in the workspace' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('option', { name: 'Only those listed here' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: 'One person will lose access' })).toBeVisible()
    await expect(reach(page)).toBeFocused()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(overflows).toBe(false)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('One person will lose access')).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('share')).toBeFocused()
  }
})

test('access is not changed without a network, and the dialog says so', async ({ team }) => {
  const { page, context } = await team.open(team.ann)
  await page.getByTestId('share').click()
  await reach(page).waitFor()
  await context.setOffline(true)
  await choose(page, 'Access of Ben', 'Can view')
  await expect(page.getByText('The server cannot be reached.').first()).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Access of Ben' })).toContainText('Can edit (workspace)')
  await context.setOffline(false)
  expect(await team.ann.call('GET', `/documents/${team.documentId}/people`)).toMatchObject({ restricted: false })
})
