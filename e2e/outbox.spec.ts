import type { Page } from '@playwright/test'
import { body, expect, expectSaved, saveWord, type Team, test, title } from './harness/team.ts'

const tree = (page: Page) => page.getByTestId('document-tree')
const row = (page: Page, name: string) => tree(page).getByRole('link', { name, exact: true })

async function act(page: Page, name: string, action: string): Promise<void> {
  await row(page, name).hover()
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await act(page, from, 'Rename…')
  await page.getByRole('dialog').getByLabel('Title').fill(to)
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
}

async function make(page: Page, name: string): Promise<void> {
  await page.getByTestId('new-document').click()
  await page.keyboard.type(name)
  await expect(title(page)).toHaveText(name)
}

/** The tree as it is shown, one line a document, deeper ones indented. */
const shape = (page: Page): Promise<string[]> =>
  tree(page)
    .getByRole('treeitem')
    .evaluateAll((items) =>
      items.map((item) => '  '.repeat(Number(item.ariaLevel) - 1) + (item.querySelector('a')?.textContent ?? '')),
    )

const idOf = async (team: Team, name: string): Promise<string> => {
  const members = (await team.ann.call('GET', `/workspaces/${team.workspaceId}/members`)) as unknown as {
    id: string
    name: string
  }[]
  return members.find((member) => member.name === name)?.id ?? ''
}

test('[EVENT-4] two create, rename and move without a network, one tab is closed, and there is one tree in the end', async ({
  team,
}) => {
  for (const name of ['Yarn', 'Dyes']) {
    await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: name })
  }
  const { page: anns, context: annsBrowser } = await team.open(team.ann)
  const { page: bens, context: bensBrowser } = await team.open(team.ben)
  await expect(row(anns, 'Dyes')).toBeVisible()
  await expect(row(bens, 'Dyes')).toBeVisible()
  await expectSaved(anns)
  await expectSaved(bens)

  await annsBrowser.setOffline(true)
  await bensBrowser.setOffline(true)
  await make(anns, 'Ann’s list')
  await rename(anns, 'Yarn', 'Wool')
  await act(anns, 'Dyes', 'Move below the one above')
  await expect.poll(() => shape(anns)).toEqual(['Warp and weft', 'Wool', '  Dyes', 'Ann’s list'])
  await expect(saveWord(anns)).toHaveText('Offline: saved on this device')
  await expect(anns.getByTestId('outbox-line')).toHaveText('3 changes wait to be sent')

  await make(bens, 'Ben’s list')
  await act(bens, 'Ben’s list', 'Move up')
  await act(bens, 'Ben’s list', 'Move below the one above')
  await expect.poll(() => shape(bens)).toEqual(['Warp and weft', 'Yarn', '  Ben’s list', 'Dyes'])
  await anns.close()

  await bensBrowser.setOffline(false)
  await expectSaved(bens)
  await expect(bens.getByTestId('outbox-line')).toHaveCount(0)
  await annsBrowser.setOffline(false)
  const again = await annsBrowser.newPage()
  await again.goto(`/w/${team.workspaceId}`)
  const merged = ['Warp and weft', 'Wool', '  Ben’s list', '  Dyes', 'Ann’s list']
  await expect.poll(() => shape(again)).toEqual(merged)
  await expect.poll(() => shape(bens)).toEqual(merged)
  await again.reload()
  await expect.poll(() => shape(again)).toEqual(merged)
  await row(again, 'Ann’s list').click()
  await expect(title(again)).toHaveText('Ann’s list')
  await expectSaved(again)
  await expect(again.getByTestId('outbox-line')).toHaveCount(0)
})

test('[SAVE-8] text that waits goes before its document goes into the trash, and comes back with it', async ({
  team,
}) => {
  const { page, context } = await team.open(team.ann)
  await expectSaved(page)
  await context.setOffline(true)
  await body(page).click()
  await page.keyboard.type('Written at sea.')
  await expect(saveWord(page)).toHaveText('Offline: saved on this device')
  await act(page, 'Warp and weft', 'Move to trash')
  await expect(row(page, 'Warp and weft')).toHaveCount(0)
  await page.getByRole('link', { name: 'Trash' }).click()
  await expect(page.getByTestId('trash')).toContainText('Warp and weft')
  await context.setOffline(false)
  await expect(page.getByTestId('outbox-line')).toHaveCount(0)
  await page.getByRole('button', { name: 'Restore Warp and weft' }).click()
  await row(page, 'Warp and weft').click()
  await expect(body(page)).toContainText('Written at sea.')
  await expect(page.getByTestId('set-aside')).toHaveCount(0)
  await expectSaved(page)
})

test('what is refused is rolled back with a sentence, and can be tried again or discarded', async ({ team }) => {
  await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Dyes' })
  const { page, context } = await team.open(team.ben)
  await expect(row(page, 'Dyes')).toBeVisible()
  await expectSaved(page)
  await context.setOffline(true)
  await act(page, 'Dyes', 'Move up')
  await expect.poll(() => shape(page)).toEqual(['Dyes', 'Warp and weft'])
  const benId = await idOf(team, 'Ben')
  const dyes = (
    (await team.ann.call('GET', `/workspaces/${team.workspaceId}/documents`)) as unknown as {
      id: string
      title: string
    }[]
  ).find((one) => one.title === 'Dyes')?.id
  await team.ann.call('PUT', `/documents/${dyes}/access/${benId}`, { role: 'view' })
  await context.setOffline(false)
  const sentence = '“Dyes” could not be moved, and stands where it was. You may not do that.'
  await expect(page.getByText(sentence)).toBeVisible()
  await expect.poll(() => shape(page)).toEqual(['Warp and weft', 'Dyes'])

  await team.ann.call('DELETE', `/documents/${dyes}/access/${benId}`)
  await page.reload()
  await expect(page.getByTestId('outbox-line')).toHaveText('One change was refused')
  await page.getByTestId('outbox-line').click()
  await expect(page.getByTestId('outbox')).toContainText('could not be moved')
  await page.getByRole('button', { name: 'Try again: Move “Dyes”' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => shape(page)).toEqual(['Dyes', 'Warp and weft'])
  await expect(page.getByTestId('outbox-line')).toHaveCount(0)
})

test('[SAVE-8] a document whose creation was refused can be made once more, with its text', async ({ team }) => {
  const { page, context } = await team.open(team.ben)
  await expectSaved(page)
  await context.setOffline(true)
  await page.getByTestId('new-document').click()
  await page.keyboard.type('Log book\nNobody shall lose this line.')
  await expect(saveWord(page)).toHaveText('Offline: saved on this device')
  const role = async (next: string) =>
    team.ann.call('PATCH', `/workspaces/${team.workspaceId}/members/${await idOf(team, 'Ben')}`, { role: next })
  await role('guest')
  await context.setOffline(false)
  await expect(page.getByTestId('set-aside')).toContainText('Log book')
  await role('member')
  await page.getByTestId('outbox-line').click()
  await page.getByRole('button', { name: 'Try again: New document “Log book”' }).click()
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByTestId('set-aside')).toHaveCount(0)
  await expect(body(page)).toContainText('Nobody shall lose this line.')
  await expectSaved(page)
  await expect
    .poll(async () => {
      const list = (await team.ann.call('GET', `/workspaces/${team.workspaceId}/documents`)) as unknown as {
        title: string
      }[]
      return list.map((one) => one.title)
    })
    .toContain('Log book')
})

test('signing out asks while changes are unsent', async ({ team }) => {
  await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Dyes' })
  const { page, context } = await team.open(team.ann)
  await expect(row(page, 'Dyes')).toBeVisible()
  await context.setOffline(true)
  await act(page, 'Dyes', 'Move up')
  await expect.poll(() => shape(page)).toEqual(['Dyes', 'Warp and weft'])
  await page.getByTestId('account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('alertdialog')).toContainText('One change you made has not been sent yet.')
  await page.getByRole('button', { name: 'Cancel' }).click()
})
