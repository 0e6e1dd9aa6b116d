import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { Person } from './harness/people.ts'
import { onDevice } from './harness/profile.ts'
import { body, expect, expectSaved, type Team, test, write } from './harness/team.ts'

const bell = (page: Page) => page.getByTestId('notification-bell')
const rows = (page: Page) => page.getByTestId('notification')
const toasts = (page: Page) => page.locator('[data-sonner-toast]')
const idOf = async (person: Person): Promise<string> => (await person.call('GET', '/me')).id ?? ''
const expectUnread = (page: Page, count: number) =>
  expect(bell(page)).toHaveAttribute('aria-label', count === 0 ? 'Notifications' : `Notifications, ${count} unread`)

async function join(team: Team, name: string): Promise<Person> {
  const invite = await team.ann.call('POST', `/workspaces/${team.workspaceId}/invites`, { role: 'member' })
  const person = await Person.signUp(team.server, name, invite.token)
  await person.call('POST', '/invites/accept', { token: invite.token })
  return person
}

/** A page of the workspace, with no document in view. */
async function home(team: Team, person: Person): Promise<Page> {
  const { page } = await team.open(person)
  await page.goto(`/w/${team.workspaceId}`)
  await bell(page).waitFor()
  return page
}

async function mention(page: Page, name: string): Promise<void> {
  await write(page, ` @${name}`)
  await expect(page.getByRole('listbox', { name: 'People' }).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expectSaved(page)
}

/** A new document that Ann shares with them: one notification. */
async function share(team: Team, person: Person, title: string): Promise<void> {
  const document = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title })
  await team.ann.call('PUT', `/documents/${document.id}/access/${await idOf(person)}`, { role: 'edit' })
}

async function openCentre(page: Page): Promise<void> {
  await bell(page).click()
  await page.getByTestId('notification-centre').waitFor()
}

interface Inbox {
  notifications: { id: string; readAt: number | null }[]
  unread: number
}
const inboxOf = async (person: Person) => (await person.call('GET', '/notifications')) as unknown as Inbox

/** The first notification of the inbox, over HTTP. */
async function firstOf(person: Person): Promise<{ id: string; readAt: number | null }> {
  const [first] = (await inboxOf(person)).notifications
  if (first === undefined) throw new Error('the inbox is empty')
  return first
}

/**
 * Opens a page that follows the inbox from here on: its first notification is opened as if by a mail, and what is then
 * changed elsewhere shows, which it would not from what the device kept.
 */
async function follow(page: Page, person: Person, path: string): Promise<void> {
  const { id } = await firstOf(person)
  await page.goto(`${path}?notification=${id}&from=mail`)
  await expect(page).toHaveURL(new RegExp(`${path}$`))
  await expect.poll(async () => (await firstOf(person)).readAt).not.toBeNull()
  await person.call('POST', '/notifications/mark', { ids: [id], read: false })
  await expectUnread(page, (await inboxOf(person)).unread)
}

test('[NOTIFY-2] a mention counts in every tab of whom it names, and of nobody else; read in one tab it is read in all', async ({
  team,
}) => {
  const cleo = await join(team, 'Cleo')
  const { page: anns } = await team.open(team.ann)
  const { page: bens, context } = await team.open(team.ben)
  const other = await context.newPage()
  await other.goto(`/w/${team.workspaceId}`)
  const device = await home(team, team.ben)
  const cleos = await home(team, cleo)
  // Ann has heard that both of them came.
  await expectUnread(anns, 1)
  for (const page of [bens, other, device, cleos]) await expectUnread(page, 0)
  await mention(anns, 'Ben')
  for (const page of [bens, other, device]) await expectUnread(page, 1)
  await openCentre(other)
  await expect(rows(other)).toHaveCount(1)
  await expect(rows(other)).toContainText('Ann mentioned you')
  await expect(rows(other)).toContainText('Warp and weft · Looms')
  await expect(rows(other)).toContainText('Why you got this: you were mentioned')
  await rows(other).hover()
  await rows(other).getByRole('button', { name: 'Mark as read' }).click()
  for (const page of [bens, other, device]) await expectUnread(page, 0)
  await rows(other).getByRole('button', { name: 'Mark as unread' }).click()
  for (const page of [bens, other, device]) await expectUnread(page, 1)
  // Several on one document are one row.
  await mention(anns, 'Ben')
  await expect(rows(other)).toContainText('Ann mentioned you 2 times')
  await expectUnread(device, 1)
  await rows(other).getByRole('link').click()
  await expect(other).toHaveURL(new RegExp(`/d/${team.documentId}`))
  for (const page of [bens, other, device]) await expectUnread(page, 0)
  await expectUnread(anns, 1)
  await expectUnread(cleos, 0)
})

test('without a network they are read as last seen, and what is marked then is sent later', async ({ team }) => {
  const page = await home(team, team.ben)
  const second = await home(team, team.ben)
  for (const title of ['Reeds', 'Heddles', 'Shuttles']) await share(team, team.ben, title)
  await expectUnread(page, 3)
  await openCentre(page)
  await expect(rows(page)).toHaveCount(3)
  await expect(rows(page).first()).toContainText('Shuttles')
  await page.keyboard.press('Escape')
  await page.context().setOffline(true)
  await openCentre(page)
  await expect(page.getByText('Offline: as last seen here.')).toBeVisible()
  await expect(rows(page)).toHaveCount(3)
  await rows(page).filter({ hasText: 'Reeds' }).hover()
  await rows(page).filter({ hasText: 'Reeds' }).getByRole('button', { name: 'Mark as read' }).click()
  await rows(page).filter({ hasText: 'Heddles' }).hover()
  await rows(page).filter({ hasText: 'Heddles' }).getByRole('button', { name: 'Archive' }).click()
  await expect(rows(page)).toHaveCount(2)
  await expectUnread(page, 1)
  await expectUnread(second, 3)
  await page.context().setOffline(false)
  await expectUnread(second, 1)
  await expectUnread(page, 1)
  await expect(rows(page)).toHaveCount(2)
  await openCentre(second)
  await expect(rows(second)).toHaveCount(2)
  await expect(rows(second).filter({ hasText: 'Reeds' })).toHaveAttribute('data-unread', 'false')
})

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

test('what is snoozed comes back at its time; what is archived comes back at once when one takes it back', async ({
  team,
}) => {
  const page = await home(team, team.ben)
  await share(team, team.ben, 'Dyes')
  await expectUnread(page, 1)
  const { id } = await firstOf(team.ben)
  await openCentre(page)
  await team.ben.call('POST', `/notifications/${id}/snooze`, { until: Date.now() + 3_600_000 })
  await expect(page.getByText('You’re all caught up')).toBeVisible()
  await expectUnread(page, 0)
  await page.getByTestId('notification-filter').click()
  await page.getByRole('menuitem', { name: 'Snoozed' }).click()
  await expect(rows(page)).toContainText('Comes back')
  await team.ben.call('POST', `/notifications/${id}/snooze`, { until: Date.now() + 2_000 })
  await expectUnread(page, 1)
  await expect(page.getByText('Nothing sleeps')).toBeVisible()
  await page.getByTestId('notification-filter').click()
  await page.getByRole('menuitem', { name: 'Inbox' }).click()
  await rows(page).hover()
  await rows(page).getByRole('button', { name: 'Snooze' }).click()
  await page.getByRole('menuitem', { name: /Tomorrow/ }).click()
  await expect(rows(page)).toHaveCount(0)
  await toasts(page).getByRole('button', { name: 'Undo' }).click()
  await expect(rows(page)).toHaveCount(1)
  await expectUnread(page, 1)
  await rows(page).hover()
  await rows(page).getByRole('button', { name: 'Archive' }).click()
  await expectUnread(page, 0)
  await toasts(page).filter({ hasText: 'Archived' }).getByRole('button', { name: 'Undo' }).click()
  await expectUnread(page, 1)
})

test('by keyboard alone: along the rows, opening, archiving, marking; and nothing that axe finds', async ({ team }) => {
  const page = await home(team, team.ben)
  for (const title of ['Reeds', 'Heddles', 'Shuttles']) await share(team, team.ben, title)
  await expectUnread(page, 3)
  await bell(page).focus()
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(3)
  await expect(page.getByTestId('notification-centre')).toBeVisible()
  const link = (title: string) => rows(page).filter({ hasText: title }).getByRole('link')
  await page.keyboard.press('j')
  await expect(link('Shuttles')).toBeFocused()
  await page.keyboard.press('j')
  await expect(link('Heddles')).toBeFocused()
  await page.keyboard.press('u')
  await expectUnread(page, 2)
  await page.keyboard.press('e')
  await expect(rows(page)).toHaveCount(2)
  await expect(link('Reeds')).toBeFocused()
  await page.keyboard.press('k')
  await expect(link('Shuttles')).toBeFocused()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveText('Shuttles')
  await expectUnread(page, 1)
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/notifications')
  await expect(rows(page)).toHaveCount(2)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(rows(page).and(page.locator('[data-unread="true"]'))).toHaveCount(0)
  await page.getByRole('button', { name: 'Unread only' }).click()
  await expect(page.getByText('Nothing is unread')).toBeVisible()
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
  await team.ben.call('PUT', '/notifications/preferences', {
    ...preferences,
    timeZone: 'UTC',
    quietHours: { from: clock(-120), until: clock(120) },
  })
  await follow(page, team.ben, place)
  await share(team, team.ben, 'At night')
  await expectUnread(page, 3)
  await team.ben.call('PUT', '/notifications/preferences', { ...preferences, quietHours: null })
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

test('a push is shown by the service worker, and a click on it opens the place in the page that is there', async ({
  team,
}) => {
  const { page, context } = await team.open(team.ben)
  await context.grantPermissions(['notifications'])
  await onDevice(page)
  await page.goto(`/w/${team.workspaceId}`)
  await bell(page).waitFor()
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  await expectUnread(page, 1)
  const { id } = await firstOf(team.ben)
  const devTools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first !== undefined) resolve(first.registrationId)
    })
  })
  await devTools.send('ServiceWorker.enable')
  const path = `${team.path}?notification=${id}&from=push`
  await devTools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await registered,
    data: JSON.stringify({ notificationId: id, title: 'Ann mentioned you', body: 'Warp and weft', path, tag: id }),
  })
  const shown = () =>
    page.evaluate(async () => {
      const notifications = await (await navigator.serviceWorker.ready).getNotifications()
      return notifications.map(({ title, body }) => ({ title, body }))
    })
  await expect.poll(shown).toEqual([{ title: 'Ann mentioned you', body: 'Warp and weft' }])
  const [worker] = context.serviceWorkers()
  // The desktop on which one would click is not there.
  await worker?.evaluate(`(async () => {
    const [notification] = await registration.getNotifications()
    dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })()`)
  await expect(page).toHaveURL(new RegExp(`${team.path}$`))
  await expectUnread(page, 0)
})

test('an announcement goes out at once; one that was planned is cancelled, and nobody hears of it', async ({
  team,
}) => {
  const admin = await home(team, team.ann)
  await admin.goto('/settings')
  await admin.getByRole('link', { name: 'Announcements' }).click()
  const bens = await home(team, team.ben)
  const announce = async (title: string, at: string, send: string) => {
    await admin.getByLabel('What to announce').fill(title)
    await admin.getByLabel('When').fill(at)
    await admin.getByRole('button', { name: send }).click()
    await expect(admin.getByTestId('announcement').filter({ hasText: title })).toBeVisible()
  }
  await announce('The loom moves', '2040-01-01T10:00', 'Send at that time')
  await admin.getByRole('button', { name: 'Cancel “The loom moves”' }).click()
  await expect(admin.getByTestId('announcement').filter({ hasText: 'The loom moves' })).toContainText('Cancelled')
  await announce('New yarn is here', '', 'Send now')
  await expectUnread(bens, 1)
  await expect(admin.getByTestId('announcement').filter({ hasText: 'New yarn' })).toContainText(
    'Sent · one person told',
  )
  expect((await new AxeBuilder({ page: admin }).analyze()).violations).toEqual([])
  await openCentre(bens)
  await expect(rows(bens)).toHaveText(/New yarn is here/)
  await rows(bens).getByRole('link').click()
  await expectUnread(bens, 0)
})
