import AxeBuilder from '@axe-core/playwright'
import { expectUnread, follow, home, mention, openCentre, rows, share, toasts } from './harness/notifications.ts'
import { body, expect, test } from './harness/team.ts'

test('a toast tells of what is not in view, and of nothing else', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await share(team, team.ben, 'Before')
  // What was there at the join is no news; what happens in the document in view is seen anyway.
  await follow(bens, team.ben, team.path)
  await body(bens).waitFor()
  await mention(anns, 'Ben')
  await expectUnread(bens, 2)
  await share(team, team.ben, 'Elsewhere')
  await expect(toasts(bens)).toContainText('Ann shared a document with you')
  await expect(toasts(bens)).toContainText('Elsewhere')
  await expect(toasts(bens)).toHaveCount(1)
  await toasts(bens).getByRole('button', { name: 'Open' }).click()
  await expect(bens.getByRole('textbox', { name: 'Title', exact: true })).toHaveText('Elsewhere')
  await expectUnread(bens, 2)
  // The mention is elsewhere now.
  await mention(anns, 'Ben')
  await expect(toasts(bens)).toContainText('Ann mentioned you')
  // An open centre says it all, and says it by itself.
  await openCentre(bens)
  await expect(toasts(bens)).toHaveCount(0)
  await share(team, team.ben, 'Announced')
  await bens.getByRole('button', { name: 'Show one new notification' }).click()
  await expect(rows(bens).first()).toContainText('Announced')
  await expect(toasts(bens)).toHaveCount(0)
})

test('preferences are kept at once, and hold: for the list, for toasts, and in quiet hours', async ({ team }) => {
  await share(team, team.ben, 'First')
  const page = await home(team, team.ben)
  const place = `/w/${team.workspaceId}`
  await follow(page, team.ben, place)
  const settings = await home(team, team.ben)
  await settings.goto('/settings')
  await settings.getByRole('link', { name: 'Choose what you hear of' }).click()
  const shares = settings.getByRole('checkbox', { name: 'Documents shared with you: In Weft' })
  await shares.uncheck()
  await expect(settings.getByRole('checkbox', { name: 'Security of your account: In Weft' })).toBeDisabled()
  expect((await new AxeBuilder({ page: settings }).analyze()).violations).toEqual([])
  const kept = async () =>
    (await team.ben.call('GET', '/notifications/preferences')) as unknown as {
      kinds: { share: { page: boolean } }
      quietHours: unknown
    }
  await expect.poll(async () => (await kept()).kinds.share.page).toBe(false)
  await share(team, team.ben, 'Unheard')
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  // What comes after it is there, and it is not.
  await expectUnread(page, 2)
  await expect(toasts(page)).toContainText('Ann mentioned you')
  await expect(toasts(page)).toHaveCount(1)
  await openCentre(page)
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('Escape')

  await shares.check()
  await expect.poll(async () => (await kept()).kinds.share.page).toBe(true)
  const preferences = await kept()
  const now = new Date()
  const clock = (minutes: number) => {
    const at = new Date(now.getTime() + minutes * 60_000)
    return `${String(at.getUTCHours()).padStart(2, '0')}:${String(at.getUTCMinutes()).padStart(2, '0')}`
  }
  await team.ben.call('PATCH', '/notifications/preferences', {
    ...preferences,
    timeZone: 'UTC',
    quietHours: { from: clock(-120), until: clock(120) },
  })
  await follow(page, team.ben, place)
  await share(team, team.ben, 'At night')
  await expectUnread(page, 3)
  await team.ben.call('PATCH', '/notifications/preferences', { ...preferences, quietHours: null })
  await follow(page, team.ben, place)
  await share(team, team.ben, 'By day')
  await expect(toasts(page)).toContainText('By day')
  await expect(toasts(page)).toHaveCount(1)
})

test('a document is watched and muted in its menu', async ({ team }) => {
  const { page } = await team.open(team.ben)
  const menu = page.getByTestId('document-menu')
  const state = async () => (await team.ben.call('GET', `/documents/${team.documentId}/watch`)).state as unknown
  await menu.click()
  await page.getByRole('menuitem', { name: 'Watch', exact: true }).click()
  await expect.poll(state).toBe('watching')
  await menu.click()
  await expect(page.getByRole('menuitem', { name: 'Stop watching' })).toBeVisible()
  await page.getByRole('menuitem', { name: 'Mute', exact: true }).click()
  await expect.poll(state).toBe('muted')
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  await share(team, team.ben, 'Heard')
  await expectUnread(page, 1)
  await openCentre(page)
  await expect(rows(page)).toHaveText(/Heard/)
  await page.keyboard.press('Escape')
  await menu.click()
  await page.getByRole('menuitem', { name: 'Stop muting' }).click()
  await expect.poll(state).toBe(null)
})
