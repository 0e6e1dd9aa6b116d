import type { BrowserContext, Page } from '@playwright/test'
import { type PushService, startPushService } from '../server/test/pushService.ts'
import { BrowserPush } from './harness/browserPush.ts'
import {
  bell,
  choose,
  expectUnread,
  inboxOf,
  mailsTo,
  mention,
  minute,
  test as ofMail,
  share,
} from './harness/notifications.ts'
import type { Person } from './harness/people.ts'
import { onDevice, Profile, signIn } from './harness/profile.ts'
import { expect, type Team } from './harness/team.ts'

const test = ofMail.extend<{ push: PushService }>({
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read from its pattern
  push: async ({}, use) => {
    const service = await startPushService()
    await use(service)
    await service.close()
  },
})

/** This person's browser is pushed to; the service holds its keys. Where its messages come. */
async function subscribe(person: Person, push: PushService): Promise<string> {
  const { subscription, path } = push.browser()
  await person.call('POST', '/push/subscriptions', subscription)
  return path
}

/** Hands a message to the service worker, as the browser does with what its own push service brings. */
async function deliver(context: BrowserContext, page: Page, message: object): Promise<void> {
  const devTools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first !== undefined) resolve(first.registrationId)
    })
  })
  await devTools.send('ServiceWorker.enable')
  const { origin } = new URL(page.url())
  const data = JSON.stringify(message)
  await devTools.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data })
  await devTools.detach()
}

const shown = (page: Page) => () =>
  page.evaluate(async () => {
    const notifications = await (await navigator.serviceWorker.ready).getNotifications()
    return notifications.map(({ title, body }) => ({ title, body }))
  })

async function openAllowed(team: Team): Promise<{ page: Page; context: BrowserContext }> {
  const { page, context } = await team.open(team.ben)
  await context.grantPermissions(['notifications'])
  await onDevice(page)
  await page.goto(`/w/${team.workspaceId}`)
  await bell(page).waitFor()
  return { page, context }
}

test('what is pushed is shown by the service worker, and a click on it opens the place in the page that is there', async ({
  team,
  push,
}) => {
  const { page, context } = await openAllowed(team)
  const path = await subscribe(team.ben, push)
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  await expectUnread(page, 1)
  await expect.poll(() => push.pushed.length).toBe(1)
  const [pushed] = push.pushed
  expect(pushed).toMatchObject({ path, message: { title: 'Ann mentioned you in Warp and weft' } })
  await deliver(context, page, pushed?.message ?? {})
  const body = 'Ann mentioned you in “Warp and weft” (Looms).'
  await expect.poll(shown(page)).toEqual([{ title: 'Ann mentioned you in Warp and weft', body }])
  // Again, as may happen: the same one, not a second.
  await deliver(context, page, pushed?.message ?? {})
  await expect.poll(shown(page)).toHaveLength(1)
  const [worker] = context.serviceWorkers()
  // The desktop on which one would click is not there.
  await worker?.evaluate(`(async () => {
    const [notification] = await registration.getNotifications()
    dispatchEvent(new NotificationEvent('notificationclick', { notification }))
  })()`)
  await expect(page).toHaveURL(new RegExp(`${team.path}\\?mention=`))
  await expect(page.locator('.weft-mention[data-own]')).toBeInViewport()
  await expectUnread(page, 0)
})

test('switched on by the person, a browser is pushed to and reads it itself; switched off, it is not', async ({
  team,
  playwright,
  launchOptions,
}) => {
  test.skip(!BrowserPush.isPossible(), 'openssl is not installed.')
  const service = await BrowserPush.start()
  const args = [...(launchOptions.args ?? []), ...service.switches]
  const profile = await Profile.create(playwright.chromium, { ...launchOptions, args })
  try {
    const page = await profile.open()
    const { context } = profile
    await context.grantPermissions(['notifications'], { origin: team.server.url })
    // Chromium names an address of its maker's; the server is told the one of this machine.
    await context.route(/\/api\/v1\/push\/subscriptions/, (route) =>
      route.continue({ postData: { ...route.request().postDataJSON(), endpoint: service.endpoint } }),
    )
    await signIn(page, team.server.url, team.ben)
    await onDevice(page)
    await page.goto(`${team.server.url}/settings/notifications`)
    await page.getByRole('button', { name: 'Switch on' }).click()
    await expect(page.getByRole('button', { name: 'Switch off' })).toBeVisible()
    await share(team, team.ben, 'Heddles')
    const body = 'Ann shared “Heddles” (Looms) with you: you may edit it.'
    await expect.poll(shown(page), { timeout: 60_000 }).toEqual([{ title: 'Ann shared Heddles with you', body }])
    await page.reload()
    await page.getByRole('button', { name: 'Switch off' }).click()
    await expect(page.getByRole('button', { name: 'Switch on' })).toBeVisible()
    await share(team, team.ben, 'Reeds')
    await expect.poll(async () => (await inboxOf(team.ben)).unread).toBe(2)
    expect(service.taken).toBe(1)
    await expect.poll(shown(page)).toHaveLength(1)
  } finally {
    await profile.dispose()
    await service.close()
  }
})

test('each way keeps to what one has said of it: the list, push and mail', async ({ team, push, mail, browser }) => {
  const context = await team.ben.openBrowser(browser)
  const page = await context.newPage()
  await page.goto('/settings/notifications')
  await subscribe(team.ben, push)
  const wish = (kind: string, way: string) => page.getByRole('checkbox', { name: `${kind}: ${way}` })
  await wish('Mentions of you', 'Push').uncheck()
  await choose(page, 'Documents shared with you: Mail', 'No')
  await expect
    .poll(async () => ((await team.ben.call('GET', '/notifications/preferences')) as unknown as Wishes).kinds)
    .toMatchObject({
      mention: { page: true, push: false, mail: 'now' },
      share: { page: true, push: true, mail: 'off' },
    })
  const { page: anns } = await team.open(team.ann)
  await mention(anns, 'Ben')
  await share(team, team.ben, 'Heddles')
  await expect.poll(async () => (await inboxOf(team.ben)).unread).toBe(2)
  const titles = () => push.pushed.map(({ message }) => message.title)
  const subjects = () => mailsTo(mail, team.ben).map(({ headers }) => headers.get('subject'))
  await expect.poll(titles).toEqual(['Ann shared Heddles with you'])
  team.server.pass(minute)
  await expect.poll(subjects).toEqual(['Ann mentioned you in Warp and weft'])

  // And the other way round, with the list as the one that is not wanted.
  await wish('Mentions of you', 'Push').check()
  await choose(page, 'Mentions of you: Mail', 'No')
  await wish('Documents shared with you', 'In Weft').uncheck()
  await choose(page, 'Documents shared with you: Mail', 'At once')
  await expect
    .poll(async () => ((await team.ben.call('GET', '/notifications/preferences')) as unknown as Wishes).kinds)
    .toMatchObject({ mention: { push: true, mail: 'off' }, share: { page: false, push: true, mail: 'now' } })
  await context.close()
  await team.ben.call('POST', '/notifications/mark-all', { upTo: Number.MAX_SAFE_INTEGER })
  await mention(anns, 'Ben')
  await share(team, team.ben, 'Reeds')
  await expect
    .poll(titles)
    .toEqual(['Ann shared Heddles with you', 'Ann mentioned you in Warp and weft', 'Ann shared Reeds with you'])
  team.server.pass(minute)
  await expect.poll(subjects).toEqual(['Ann mentioned you in Warp and weft', 'Ann shared Reeds with you'])
  expect((await inboxOf(team.ben)).unread).toBe(1)
})

interface Wishes {
  kinds: Record<string, { page: boolean; push: boolean; mail: string }>
}
