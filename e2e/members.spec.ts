import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { password } from './harness/people.ts'
import { body, expect, expectSaved, join, type Team, test, write } from './harness/team.ts'

async function openMembers(team: Team, page: Page): Promise<void> {
  await page.goto(`/w/${team.workspaceId}/members`)
  await page.getByTestId('members').waitFor()
}

async function choose(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `Options for ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

const row = (page: Page, name: string) => page.getByTestId('members').getByRole('listitem').filter({ hasText: name })

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('[ACCESS-2] who is suspended is out at once, is listed as such, is not mentioned, and comes back with all of it', async ({
  team,
}) => {
  const { page: anns, context: annsBrowser } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(bens, 'Ben was here. ')
  await expectSaved(bens)
  await openMembers(team, anns)
  await expect(row(anns, 'Ben')).toContainText('Online')

  // Without a connection it does not happen, and says so where it was asked.
  await annsBrowser.setOffline(true)
  await choose(anns, 'Ben', 'Suspend…')
  const question = anns.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Suspend' }).click()
  await expect(question.getByRole('alert')).toContainText('The server cannot be reached')
  await annsBrowser.setOffline(false)
  await question.getByRole('button', { name: 'Suspend' }).click()
  await expect(question).toHaveCount(0)
  await expect(row(anns, 'Ben')).toContainText('Suspended since')
  await expect(bens.getByText(/no longer (have access|a member)/).first()).toBeVisible()
  await expectNoViolation(anns)

  await anns.goto(team.path)
  await write(anns, '@Ben')
  await expect(anns.getByText('Nobody by that name')).toBeVisible()
  await expect(anns.getByRole('option', { name: /Ben/ })).toHaveCount(0)
  await anns.keyboard.press('Escape')

  // No invitation leads around it.
  const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role: 'member' })
  await bens.goto(invite.url ?? '')
  await bens.getByRole('button', { name: 'Join as Ben' }).click()
  await expect(bens.getByRole('alert')).toContainText('Ask an admin')

  await openMembers(team, anns)
  await anns.getByRole('button', { name: 'Bring back Ben' }).click()
  await expect(anns.getByRole('combobox', { name: 'Role of Ben' })).toHaveText('Member')
  await bens.goto(team.path)
  await expect(body(bens)).toContainText('Ben was here.')
  await write(bens, 'And is again.')
  await expectSaved(bens)
})

test('one of many is found by name; a workspace is handed over by keyboard on a phone, and both see it at once', async ({
  team,
  browser,
}) => {
  await Promise.all(['Carl', 'Dora', 'Emile', 'Frida'].map((name) => join(team, name)))
  const context = await team.ann.openBrowser(browser, { viewport: { width: 360, height: 740 } })
  const anns = await context.newPage()
  const { page: bens } = await team.open(team.ben)
  await openMembers(team, bens)
  await openMembers(team, anns)
  const people = anns.getByTestId('members').getByRole('listitem')
  await expect(people).toHaveCount(6)
  await anns.getByRole('searchbox', { name: 'Find a person' }).fill('émi')
  await expect(people).toHaveText([/Emile/])
  await anns.keyboard.press('Control+A')
  await anns.keyboard.type('nobody')
  await expect(anns.getByText('Nobody is called that.')).toBeVisible()
  await anns.keyboard.press('Escape')
  await expect(people).toHaveCount(6)
  const excess = await anns.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(excess).toBeLessThanOrEqual(0)

  await expect(bens.getByRole('heading', { name: 'Invitations' })).toHaveCount(0)
  await anns.getByRole('button', { name: 'Options for Ben' }).focus()
  await anns.keyboard.press('Enter')
  await anns.getByRole('menuitem', { name: 'Hand the workspace over…' }).waitFor()
  await anns.keyboard.press('ArrowDown')
  await expect(anns.getByRole('menuitem', { name: 'Hand the workspace over…' })).toBeFocused()
  await anns.keyboard.press('Enter')
  await expect(anns.getByRole('alertdialog')).toContainText('you become an admin')
  await anns.keyboard.press('Tab')
  await expect(anns.getByRole('button', { name: 'Hand over' })).toBeFocused()
  await anns.keyboard.press('Enter')
  await expect(row(anns, 'Ben')).toContainText('Owner')
  await expect(row(bens, 'Ann')).toContainText('Admin')
  await expect(bens.getByRole('heading', { name: 'Invitations' })).toBeVisible()
  await expect(bens.getByRole('combobox', { name: 'Role of Ann' })).toBeVisible()

  // Who was made a guest meanwhile cannot be given it; it is said where it was asked.
  await choose(bens, 'Dora', 'Hand the workspace over…')
  const dora = (await team.ben.call('GET', `/workspaces/${team.workspaceId}/members`)) as unknown as Member[]
  const id = dora.find(({ name }) => name === 'Dora')?.id
  await bens.context().setOffline(true)
  await team.ben.call('PATCH', `/workspaces/${team.workspaceId}/members/${id}`, { role: 'guest' })
  await bens.getByRole('button', { name: 'Hand over' }).click()
  await expect(bens.getByRole('alertdialog').getByRole('alert')).toContainText('The server cannot be reached')
  await bens.context().setOffline(false)
  await bens.getByRole('button', { name: 'Hand over' }).click()
  await expect(bens.getByRole('alertdialog').getByRole('alert')).toContainText('A guest cannot own a workspace')
  await context.close()
})

interface Member {
  id: string
  name: string
}

test('an invitation by e-mail is for that address alone; where it cannot be mailed its link is handed on', async ({
  team,
  browser,
}) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await openMembers(team, anns)
  await anns.getByRole('button', { name: 'Invite by link' }).click()
  const address = anns.getByLabel('E-mail address')
  await address.fill('dora')
  await anns.getByRole('button', { name: 'Send invitation' }).click()
  await expect(anns.getByText('This is no e-mail address.')).toBeVisible()
  await address.fill('Dora@weft.example')
  await anns.getByRole('button', { name: 'Send invitation' }).click()
  await expect(anns.getByText('could not be mailed to dora@weft.example')).toBeVisible()
  const link = await anns.getByTestId('invite-link').inputValue()
  await anns.keyboard.press('Escape')
  await expect(anns.getByTestId('invites')).toContainText('dora@weft.example')

  await bens.goto(link)
  await expect(bens.getByRole('alert')).toContainText('you are signed in as ben@weft.example')
  await expect(bens.getByRole('button', { name: 'Join as Ben' })).toHaveCount(0)

  const context = await browser.newContext({ baseURL: team.server.url })
  const doras = await context.newPage()
  await doras.goto(link)
  await doras.getByRole('link', { name: 'Make an account to join' }).click()
  await expect(doras.getByLabel('E-mail')).toHaveValue('dora@weft.example')
  await doras.getByLabel('Name').fill('Dora')
  await doras.getByLabel('Password').fill(password)
  await doras.getByRole('button', { name: 'Sign up' }).click()
  await doras.getByRole('heading', { name: 'Looms' }).waitFor()
  await expect(row(anns, 'Dora')).toContainText('Online')
  await expect(anns.getByTestId('invites')).not.toContainText('dora@weft.example')
  await context.close()
})
