import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { Person, password } from './harness/people.ts'
import { body, expect, expectSaved, saveWord, type Team, test, title, write } from './harness/team.ts'

const offlineWord = 'Offline: saved on this device'

async function openMembers(team: Team, page: Page): Promise<void> {
  await page.goto(`/w/${team.workspaceId}/members`)
  await page.getByTestId('members').waitFor()
}

async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click()
  await page.getByRole('option', { name: option }).click()
}

const idOf = async (team: Team, name: string): Promise<string> => {
  const members = (await team.ann.call('GET', `/workspaces/${team.workspaceId}/members`)) as unknown as Member[]
  return members.find((member) => member.name === name)?.id ?? ''
}
interface Member {
  id: string
  name: string
}

async function signOut(page: Page): Promise<void> {
  await page.getByTestId('account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

async function downloaded(page: Page): Promise<string> {
  const waiting = page.waitForEvent('download')
  await page.getByTestId('set-aside').getByRole('button', { name: 'Download it' }).click()
  return readFile(await (await waiting).path(), 'utf8')
}

test('[ACCESS-2] the share dialog takes the right to write away and gives it back, live', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(bens, 'Ben writes. ')
  await expect(body(anns)).toContainText('Ben writes.')

  await anns.getByTestId('share').click()
  await choose(anns, 'Access of Ben', 'Can view')
  await expect(saveWord(bens)).toHaveText('View only')
  await expect(bens.getByText('no longer write in it')).toBeVisible()
  await expect(bens.locator('[contenteditable="true"]')).toHaveCount(0)
  await bens.getByText('Ben writes.').click()
  await bens.keyboard.type('scribble')
  await expect(bens.getByText('scribble')).toHaveCount(0)
  await bens.getByTestId('document-menu').click()
  await expect(bens.getByRole('menuitem', { name: 'Copy link' })).toBeVisible()
  await expect(bens.getByRole('menuitem', { name: 'Move to trash' })).toHaveCount(0)
  await bens.keyboard.press('Escape')

  await choose(anns, 'Access of Ben', 'Can edit (workspace)')
  await expect(body(bens)).toHaveAttribute('contenteditable', 'true')
  await write(bens, 'And again.')
  await expect(body(anns)).toContainText('And again.')
  await expectSaved(bens)
})

test('a guest sees what is shared and nothing else', async ({ team, browser }) => {
  const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role: 'guest' })
  const gus = await Person.signUp(team.server, 'Gus', invite.token)
  await gus.call('POST', '/invites/accept', { token: invite.token })
  const context = await gus.openBrowser(browser)
  const page = await context.newPage()
  await page.goto(`/w/${team.workspaceId}`)
  await expect(page.getByText('Nothing is shared with you yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'New document' })).toHaveCount(0)
  await page.keyboard.press('n')
  await page.goto(`/w/${team.workspaceId}/members`)
  await expect(page.getByText('You are a guest here')).toBeVisible()
  await expect(page.getByText('Ben')).toHaveCount(0)
  await page.goto(team.path)
  await expect(page.getByText('This document does not exist')).toBeVisible()

  await team.ann.call('PUT', `/documents/${team.documentId}/access/${await idOf(team, 'Gus')}`, { role: 'edit' })
  await page.goto(`/w/${team.workspaceId}`)
  await page.getByRole('navigation').getByRole('link', { name: 'Warp and weft' }).click()
  await write(page, 'A guest’s word.')
  await expectSaved(page)
  const { page: anns } = await team.open(team.ann)
  await expect(body(anns)).toContainText('A guest’s word.')
  await context.close()
})

test('a new role is felt at once', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await openMembers(team, anns)
  await openMembers(team, bens)
  await expect(bens.getByRole('heading', { name: 'Invitations' })).toHaveCount(0)
  await choose(anns, 'Role of Ben', 'Admin')
  await expect(bens.getByRole('heading', { name: 'Invitations' })).toBeVisible()
})

test('a workspace is renamed, and the others see it live', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await openMembers(team, anns)
  await anns.getByLabel('Name of the workspace').fill('Mill')
  await anns.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(bens.getByTestId('workspace-switcher')).toContainText('Mill')
})

test('an invitation that is withdrawn does not open', async ({ team, browser }) => {
  const { page: anns } = await team.open(team.ann)
  await openMembers(team, anns)
  await anns.getByRole('button', { name: 'Invite by link' }).click()
  await anns.getByRole('button', { name: 'Create link' }).click()
  const link = await anns.getByTestId('invite-link').inputValue()
  await anns.getByRole('button', { name: 'Close' }).click()
  const visitor = await browser.newPage()
  await visitor.goto(link)
  await expect(visitor.getByRole('heading', { name: 'Ann invites you to Looms' })).toBeVisible()

  const rows = anns.getByTestId('invites').getByRole('listitem')
  const before = await rows.count()
  await rows.filter({ hasText: 'used 0 times' }).getByRole('button', { name: 'Withdraw' }).click()
  await expect(rows).toHaveCount(before - 1)
  await visitor.goto('about:blank')
  await visitor.goto(link)
  await expect(visitor.getByText('This invitation does not open')).toBeVisible()
  await visitor.close()
})

test('whoever leaves a workspace is out of it, on every page', async ({ team }) => {
  const { page: bens, context } = await team.open(team.ben)
  const elsewhere = await context.newPage()
  await elsewhere.goto(team.path)
  await body(elsewhere).waitFor()
  await openMembers(team, bens)
  await bens.getByRole('button', { name: 'Leave' }).click()
  await bens.getByRole('alertdialog').getByRole('button', { name: 'Leave' }).click()
  await expect(bens.getByRole('heading', { name: 'Welcome, Ben' })).toBeVisible()
  await expect(elsewhere.getByText(/no longer (have access|a member)/).first()).toBeVisible()
})

test('[SAVE-8] text written offline by a removed person is kept, exported and discarded', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens, context } = await team.open(team.ben)
  await write(bens, 'Known to all. ')
  await expect(body(anns)).toContainText('Known to all.')
  await context.setOffline(true)
  await write(bens, 'Written at sea.')
  await expect(saveWord(bens)).toHaveText(offlineWord)

  await openMembers(team, anns)
  await anns.getByRole('button', { name: 'Options for Ben' }).click()
  await anns.getByRole('menuitem', { name: 'Remove…' }).click()
  await anns.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(anns.getByTestId('members').getByText('Ben')).toHaveCount(0)
  await context.setOffline(false)
  await expect(bens.getByText(/no longer (have access|a member)/).first()).toBeVisible()
  expect(await downloaded(bens)).toContain('Written at sea.')

  await bens.reload()
  await expect(bens.getByText(/no longer a member/)).toBeVisible()
  await expect(bens.getByTestId('set-aside')).toHaveCount(1)
  await bens.getByRole('button', { name: 'Discard' }).click()
  await bens.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await expect(bens.getByTestId('set-aside')).toHaveCount(0)
  const other = await team.open(team.ann)
  await expect(body(other.page)).toContainText('Known to all.')
  await expect(body(other.page)).not.toContainText('Written at sea.')
})

test('[SAVE-8] a document whose creation is refused stays within its writer’s reach', async ({ team }) => {
  const { page, context } = await team.open(team.ben)
  await expectSaved(page)
  await context.setOffline(true)
  await page.getByTestId('new-document').click()
  await page.keyboard.type('Log book\nNobody shall lose this line.')
  await expect(title(page)).toHaveText('Log book')
  await expect(saveWord(page)).toHaveText(offlineWord)
  await team.ann.call('PATCH', `/workspaces/${team.workspaceId}/members/${await idOf(team, 'Ben')}`, {
    role: 'guest',
  })
  await context.setOffline(false)
  await expect(page.getByTestId('set-aside')).toBeVisible()
  expect(await downloaded(page)).toContain('Nobody shall lose this line.')
  await page.goto(`/w/${team.workspaceId}`)
  await expect(page.getByTestId('set-aside')).toContainText('Log book')
  await expect(page.getByTestId('set-aside')).toHaveCount(1)
})

test('signing out asks while text is unsent, and not when all of it is saved', async ({ team }) => {
  const { page, context } = await team.open(team.ann)
  await expectSaved(page)
  await context.setOffline(true)
  await write(page, 'Not sent yet.')
  await expect(saveWord(page)).toHaveText(offlineWord)
  await signOut(page)
  await expect(page.getByRole('alertdialog')).toContainText('One document has text that only this device has.')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(body(page)).toContainText('Not sent yet.')
  await context.setOffline(false)
  await expectSaved(page)
  await signOut(page)
  await page.waitForURL(/sign-in/)
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
})

test('the second person in a browser finds nothing of the first', async ({ team }) => {
  const annsId = await idOf(team, 'Ann')
  const { page } = await team.open(team.ann)
  await write(page, 'For Ann’s eyes.')
  await expectSaved(page)
  const kept = () =>
    page.evaluate(async () =>
      JSON.stringify([
        (await indexedDB.databases()).map(({ name }) => name),
        { ...localStorage },
        { ...sessionStorage },
        await caches.keys(),
      ]),
    )
  expect(await kept()).toContain(annsId)
  await signOut(page)
  await page.waitForURL(/sign-in/)
  expect(await kept()).not.toContain(annsId)
  await page.getByLabel('E-mail').fill(team.ben.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Looms' }).waitFor()
  const left = await kept()
  for (const word of [annsId, 'For Ann’s eyes', team.ann.email]) expect(left).not.toContain(word)
  expect(await page.content()).not.toContain(team.ann.email)
})
