import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { ReceivedMail } from '../server/test/mailServer.ts'
import {
  choose,
  expectUnread,
  home,
  hour,
  inboxOf,
  linksIn,
  mailsTo,
  minute,
  openCentre,
  rows,
  share,
  test,
  toasts,
} from './harness/notifications.ts'
import { expect, type Team } from './harness/team.ts'

async function openAdministration(team: Team): Promise<Page> {
  const admin = await home(team, team.ann)
  await admin.goto('/settings')
  await admin.getByRole('link', { name: 'Announcements' }).click()
  return admin
}

const announced = (page: Page, title: string) => page.getByTestId('announcement').filter({ hasText: title })

/** As the field for a date and a time has it, by the clock of this machine. */
const inField = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * minute).toISOString().slice(0, 16)

test('an announcement goes out at once, and one that was planned at its time; one that was cancelled never does', async ({
  team,
}) => {
  const admin = await openAdministration(team)
  const bens = await home(team, team.ben)
  const announce = async (title: string, at: string, send: string) => {
    await admin.getByLabel('What to announce').fill(title)
    await admin.getByLabel('When').fill(at)
    await admin.getByRole('button', { name: send }).click()
    await expect(announced(admin, title)).toBeVisible()
  }
  await announce('The loom moves', inField(Date.now() + 2 * hour), 'Send at that time')
  await announce('The mill opens', inField(Date.now() + 3 * hour), 'Send at that time')
  await admin.getByRole('button', { name: 'Cancel “The loom moves”' }).click()
  await expect(announced(admin, 'The loom moves')).toContainText('Cancelled')
  await expect(announced(admin, 'The mill opens')).toContainText('Planned')
  await announce('New yarn is here', '', 'Send now')
  await expectUnread(bens, 1)
  await expect(announced(admin, 'New yarn')).toContainText('Sent · one person told')
  expect((await new AxeBuilder({ page: admin }).analyze()).violations).toEqual([])
  await openCentre(bens)
  await expect(rows(bens)).toHaveText(/New yarn is here/)
  await rows(bens).getByRole('link').click()
  await expectUnread(bens, 0)
  await bens.context().close()

  team.server.pass(4 * hour)
  await expect.poll(async () => (await inboxOf(team.ben)).unread).toBe(1)
  const later = await home(team, team.ben)
  await openCentre(later)
  await expect(rows(later)).toHaveText([/The mill opens/, /New yarn is here/])
  await expect(announced(admin, 'The mill opens')).toContainText('Sent · one person told')
  await expect(announced(admin, 'The loom moves')).toContainText('Cancelled')
})

test('a long announcement is read to its end where it is shown, and in a mail', async ({ team, mail }) => {
  const wishes = (await team.ben.call('GET', '/notifications/preferences')) as unknown as { kinds: object }
  const kinds = { ...wishes.kinds, announcement: { page: true, push: false, mail: 'now' } }
  await team.ben.call('PATCH', '/notifications/preferences', { ...wishes, kinds })
  const page = await home(team, team.ben)
  const text = `${'The loom stands still for a while. '.repeat(40)}It weaves again at noon.`
  const audience = { workspaceId: team.workspaceId, roles: null }
  await team.ann.call('POST', '/announcements', { title: 'Maintenance', text, audience, level: 'warning' })
  await expectUnread(page, 1)
  await openCentre(page)
  await expect(rows(page)).toContainText('The loom stands still')
  await expect(rows(page)).not.toContainText('It weaves again at noon.')
  await rows(page).getByRole('link').click()
  await expect(rows(page)).toContainText('It weaves again at noon.')
  await expectUnread(page, 0)
  await team.ann.call('POST', '/announcements', { title: 'Once more', text, audience })
  await expectUnread(page, 1)
  team.server.pass(minute)
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(1)
  expect(mailsTo(mail, team.ben)[0]?.text).toContain('It weaves again at noon.')
  await page.goto(linksIn(mailsTo(mail, team.ben)[0] as ReceivedMail, 'Open')[0] ?? '')
  await expect(page).toHaveURL(/\/notifications$/)
  await expect(rows(page).first()).toContainText('Once more')
  await expect(rows(page).first()).toHaveAttribute('data-unread', 'false')
})

test('the owner puts mails in other words: a wrong variable is refused with its name, a preview shows what is right', async ({
  team,
  mail,
}) => {
  const admin = await openAdministration(team)
  await admin.getByRole('tab', { name: 'Words' }).click()
  await choose(admin, 'Kind', 'Documents shared with you')
  await admin.getByLabel('Subject').fill('From {{ actor }}')
  await admin.getByLabel('Text').fill('Read {{ documnet }}, {{ person }}.')
  await admin.getByRole('button', { name: 'Preview' }).click()
  await expect(admin.getByText('there is no variable “documnet”')).toBeVisible()
  await admin.getByRole('button', { name: 'Save' }).click()
  await expect(admin.getByText('there is no variable “documnet”')).toBeVisible()
  await expect(admin.getByRole('region', { name: 'Preview' })).toHaveCount(0)
  await admin.getByLabel('Text').fill('Read {{ document | upcase }}, {{ person }}.')
  await admin.getByRole('button', { name: 'Preview' }).click()
  const preview = admin.getByRole('region', { name: 'Preview' })
  await expect(preview).toContainText('From Ann Spinner')
  await expect(preview).toContainText('Read BUDGET, Ben Weaver.')
  expect((await new AxeBuilder({ page: admin }).analyze()).violations).toEqual([])
  await admin.getByRole('button', { name: 'Save' }).click()
  const back = admin.getByRole('button', { name: 'Back to the words that came with Weft' })
  await expect(back).toBeVisible()

  const send = async (title: string) => {
    const before = (await inboxOf(team.ben)).unread
    await share(team, team.ben, title)
    await expect.poll(async () => (await inboxOf(team.ben)).unread).toBe(before + 1)
    team.server.pass(minute)
  }
  await send('Heddles')
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(1)
  const [first] = mailsTo(mail, team.ben)
  expect(first?.headers.get('subject')).toBe('From Ann')
  expect(first?.text).toContain('Read HEDDLES, Ben.')
  expect(first?.html).toContain('Read HEDDLES, Ben.')

  await back.click()
  await expect(back).toHaveCount(0)
  await expect(admin.getByLabel('Subject')).toHaveValue('{{ actor }} shared {{ document }} with you')
  await send('Reeds')
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(2)
  expect(mailsTo(mail, team.ben)[1]?.headers.get('subject')).toBe('Ann shared Reeds with you')
})

test('what did not arrive is shown with the reason, and sent again from there', async ({ team, mail }) => {
  mail.refusals.push(550, 550)
  for (const title of ['Heddles', 'Reeds']) await share(team, team.ben, title)
  await expect.poll(async () => (await inboxOf(team.ben)).unread).toBe(2)
  team.server.pass(minute)
  await expect.poll(() => mail.attempts.length).toBe(2)
  const ids = mail.attempts.map(({ headers }) => headers.get('message-id'))
  const admin = await openAdministration(team)
  await admin.getByRole('tab', { name: 'Deliveries' }).click()
  const dead = admin.getByRole('listitem').filter({ hasText: 'Mail · Documents shared with you · for Ben' })
  await expect(dead).toHaveCount(2)
  for (const row of await dead.all()) await expect(row).toContainText(/550.*on purpose.*tried once/s)
  expect((await new AxeBuilder({ page: admin }).analyze()).violations).toEqual([])
  await dead.first().getByRole('button', { name: 'Send again' }).click()
  await expect(toasts(admin)).toContainText('One is tried again.')
  await expect(dead).toHaveCount(1)
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(1)
  await dead.getByRole('button', { name: 'Send again' }).click()
  await expect(admin.getByText('All mails and pushes have arrived, or are still tried.')).toBeVisible()
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(2)
  // Programs that read mails know the second try for the same mail.
  expect(mail.mails.map(({ headers }) => headers.get('message-id')).toSorted()).toEqual(ids.toSorted())
  await admin.getByRole('tab', { name: 'Announcements' }).click()
  await admin.getByRole('tab', { name: 'Deliveries' }).click()
  await expect(admin.getByRole('row', { name: 'Documents shared with you · Mail' })).toContainText('2')
})
