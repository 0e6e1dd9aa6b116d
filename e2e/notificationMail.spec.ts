import type { ReceivedMail } from '../server/test/mailServer.ts'
import {
  choose,
  expectUnread,
  hour,
  inboxOf,
  linksIn,
  mailsTo,
  mention,
  minute,
  openCentre,
  rows,
  share,
  test,
} from './harness/notifications.ts'
import type { Person } from './harness/people.ts'
import { expect, type Team } from './harness/team.ts'

const unread = (person: Person) => async () => (await inboxOf(person)).unread

interface Wishes {
  kinds: Record<string, { page: boolean; push: boolean; mail: string }>
  digest: { every: string }
}
const wishesOf = async (person: Person) => (await person.call('GET', '/notifications/preferences')) as unknown as Wishes

async function openWishes(team: Team, person: Person) {
  const { page } = await team.open(person)
  await page.goto('/settings')
  await page.getByRole('link', { name: 'Choose what you hear of' }).click()
  await page.getByRole('table', { name: 'By which ways you hear of each kind' }).waitFor()
  return page
}

const must = (mail: ReceivedMail | undefined): ReceivedMail => {
  if (mail === undefined) throw new Error('there is no such mail')
  return mail
}

test('a mention is mailed; its link opens the place and reads it, and one click in a mail program ends such mails', async ({
  team,
  mail,
  browser,
}) => {
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  await expect.poll(unread(team.ben)).toBe(1)
  team.server.pass(minute)
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(1)
  const sent = must(mailsTo(mail, team.ben)[0])
  expect(sent.headers.get('from')).toBe('Looms <looms@weft.example>')
  expect(sent.headers.get('subject')).toBe('Ann mentioned you in Warp and weft')
  expect(sent.text).toContain('You get this because you were mentioned.')

  const context = await team.ben.openBrowser(browser)
  const page = await context.newPage()
  const [link = ''] = linksIn(sent, 'Open')
  expect(sent.text).toContain(link)
  await page.goto(link)
  await expect(page.locator('.weft-mention[data-own]')).toBeInViewport()
  await expect(page).toHaveURL(new RegExp(`${team.path}\\?mention=`))
  await expect(page).not.toHaveURL(/notification=/)
  await expectUnread(page, 0)
  await openCentre(page)
  await expect(rows(page)).toHaveAttribute('data-unread', 'false')

  const target = sent.headers.get('list-unsubscribe')?.slice(1, -1) ?? ''
  expect(sent.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect((await wishesOf(team.ben)).kinds.mention?.mail).toBe('now')
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  expect((await fetch(target, { method: 'POST', body })).status).toBe(200)
  await page.goto(linksIn(sent, 'Change what you get')[0] ?? '')
  await expect(page.getByRole('combobox', { name: 'Mentions of you: Mail' })).toHaveText('No')
  await context.close()

  await mention(anns, 'Ben')
  await share(team, team.ben, 'Heddles')
  await expect.poll(unread(team.ben)).toBe(2)
  team.server.pass(minute)
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(2)
  expect(mailsTo(mail, team.ben)[1]?.headers.get('subject')).toBe('Ann shared Heddles with you')
})

test('a digest holds what is unread at its hour, by document; its links work, and the one that ends digests', async ({
  team,
  mail,
}) => {
  const wishes = await openWishes(team, team.ben)
  for (const kind of ['Mentions of you', 'Documents shared with you']) await choose(wishes, `${kind}: Mail`, 'Digest')
  await choose(wishes, 'How often', 'Every hour')
  await expect.poll(async () => (await wishesOf(team.ben)).digest.every).toBe('hour')
  await expect.poll(async () => (await wishesOf(team.ben)).kinds.share?.mail).toBe('digest')
  await wishes.context().close()

  const heddles = await share(team, team.ben, 'Heddles')
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  await share(team, team.ben, 'Read before')
  await expect.poll(unread(team.ben)).toBe(3)
  // Pages that are open while hours pass at once are signed out of their channels.
  await anns.context().close()
  const read = (await inboxOf(team.ben)).notifications[0]
  await team.ben.call('POST', '/notifications/mark', { ids: [read?.id], read: true })
  team.server.pass(hour)
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(1)
  const digest = must(mailsTo(mail, team.ben)[0])
  expect(digest.headers.get('subject')).toBe('2 things that concern you')
  expect(digest.text).toContain('Heddles\n- Ann shared “Heddles” (Looms) with you')
  expect(digest.text).toContain('Warp and weft\n- Ann mentioned you in “Warp and weft” (Looms).')
  expect(digest.text).not.toContain('Read before')

  const { page } = await team.open(team.ben)
  await page.goto(`/w/${team.workspaceId}`)
  await expectUnread(page, 2)
  const [first = '', second = ''] = linksIn(digest, 'Open')
  await page.goto(first)
  await expect(page).toHaveURL(new RegExp(`/d/${heddles}$`))
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveText('Heddles')
  await expectUnread(page, 1)
  await page.goto(second)
  await expect(page.locator('.weft-mention[data-own]')).toBeInViewport()
  await expectUnread(page, 0)

  // A GET asks, so that programs that look at links end nothing.
  await page.goto(linksIn(digest, 'No more mails like this')[0] ?? '')
  expect((await wishesOf(team.ben)).digest.every).toBe('hour')
  await page.getByRole('button', { name: 'No more of these' }).click()
  await expect(page.getByText('You get no more mails like this.')).toBeVisible()
  expect((await wishesOf(team.ben)).digest.every).toBe('off')
  await page.goto('/settings/notifications')
  await expect(page.getByRole('combobox', { name: 'How often' })).toHaveText('Never')
  await page.context().close()

  await choosesMentionsAtOnce(team.ben)
  await share(team, team.ben, 'Never mailed')
  await mention((await team.open(team.ann)).page, 'Ben')
  await expect.poll(unread(team.ben)).toBe(2)
  team.server.pass(25 * hour)
  await expect.poll(() => mailsTo(mail, team.ben).length).toBe(2)
  expect(mailsTo(mail, team.ben)[1]?.headers.get('subject')).toBe('Ann mentioned you in Warp and weft')
})

/** What is mailed at once says when the rest would have been mailed too. */
async function choosesMentionsAtOnce(person: Person): Promise<void> {
  const wishes = await wishesOf(person)
  const mentions = { ...wishes.kinds.mention, mail: 'now' }
  await person.call('PATCH', '/notifications/preferences', { ...wishes, kinds: { ...wishes.kinds, mention: mentions } })
}
