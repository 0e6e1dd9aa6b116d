import type { Page } from '@playwright/test'
import { type MailServer, type ReceivedMail, startMailServer } from '../../server/test/mailServer.ts'
import { idOf, type Person } from './people.ts'
import { expect, expectSaved, test as ofTeam, type Team, write } from './team.ts'
import { clockedEntry } from './weftServer.ts'

/** A team whose server mails by SMTP, and whose time passes when a test says so. */
export const test = ofTeam.extend<{ mail: MailServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read from its pattern
  mail: async ({}, use) => {
    const mail = await startMailServer()
    await use(mail)
    await mail.close()
  },
  env: async ({ mail }, use) => use({ SMTP_URL: mail.url, MAIL_FROM: 'Looms <looms@weft.example>' }),
  entry: clockedEntry,
})

export const minute = 60_000
export const hour = 60 * minute

export const bell = (page: Page) => page.getByTestId('notification-bell')
export const rows = (page: Page) => page.getByTestId('notification')
export const toasts = (page: Page) => page.locator('[data-sonner-toast]')

export const expectUnread = (page: Page, count: number, within?: { timeout: number }) =>
  expect(bell(page)).toHaveAttribute(
    'aria-label',
    count === 0 ? 'Notifications' : `Notifications, ${count} unread`,
    within,
  )

/** A page of the workspace, with no document in view. */
export async function home(team: Team, person: Person): Promise<Page> {
  const { page } = await team.open(person)
  await page.goto(`/w/${team.workspaceId}`)
  await bell(page).waitFor()
  return page
}

export async function mention(page: Page, name: string): Promise<void> {
  await write(page, ` @${name}`)
  await expect(page.getByRole('listbox', { name: 'People' }).getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expectSaved(page)
}

/** A new document that Ann shares with them: one notification. Resolves with its id. */
export async function share(team: Team, person: Person, title: string): Promise<string> {
  const document = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title })
  await team.ann.call('PUT', `/documents/${document.id}/access/${await idOf(person)}`, { role: 'edit' })
  return document.id ?? ''
}

export async function openCentre(page: Page): Promise<void> {
  await bell(page).click()
  await page.getByTestId('notification-centre').waitFor()
}

export async function choose(page: Page, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

export interface Inbox {
  notifications: { id: string; readAt: number | null }[]
  unread: number
}
export const inboxOf = async (person: Person) => (await person.call('GET', '/notifications')) as unknown as Inbox

/** The first notification of the inbox, over HTTP. */
export async function firstOf(person: Person): Promise<{ id: string; readAt: number | null }> {
  const [first] = (await inboxOf(person)).notifications
  if (first === undefined) throw new Error('the inbox is empty')
  return first
}

/**
 * Opens a page that follows the inbox from here on: its first notification is opened as if by a mail, and what is then
 * changed elsewhere shows, which it would not from what the device kept.
 */
export async function follow(page: Page, person: Person, path: string): Promise<void> {
  const { id } = await firstOf(person)
  await page.goto(`${path}?notification=${id}&from=mail`)
  await expect(page).toHaveURL(new RegExp(`${path}$`))
  await expect.poll(async () => (await firstOf(person)).readAt).not.toBeNull()
  await person.call('POST', '/notifications/mark', { ids: [id], read: false })
  await expectUnread(page, (await inboxOf(person)).unread)
}

/** What a person was mailed. */
export const mailsTo = (mail: MailServer, { email }: Person): ReceivedMail[] =>
  mail.mails.filter(({ to }) => to.includes(email))

/** Where the links of a mail lead that read so, in their order; as a mail program reads them. */
export const linksIn = ({ html }: ReceivedMail, words: string): string[] =>
  [...html.matchAll(/<a href="([^"]+)"[^>]*>([^<]*)<\/a>/g)].flatMap(([, href = '', text]) =>
    text === words ? [href.replaceAll('&amp;', '&')] : [],
  )
