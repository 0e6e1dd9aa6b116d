import { mkdir } from 'node:fs/promises'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { body, title } from '../e2e/harness/team.ts'
import { WeftServer } from '../e2e/harness/weftServer.ts'
import { personColors } from '../shared/src/auth/index.ts'
import { findChromium } from './chromium.ts'
import { buildClient } from './clientBuild.ts'
import { exitUnless, projectRoot } from './run.ts'
import { seed, seededEmail, seededPassword } from './seed.ts'

/** Pictures of every page, from the production build with the seeds: these for the documentation, the rest for the eye. */
const documented = new Set(['writing-light', 'writing-dark', 'phone', 'home', 'share', 'offline', 'members', 'invited'])
const folderOf = (name: string): string => (documented.has(name) ? 'docs/pictures' : '.cache/pictures')
const wide = { width: 1280, height: 800 }
const phone = { width: 360, height: 740 }

const program = findChromium()
exitUnless(program !== null, 'The pictures need Chromium: "pnpm test" installs it, or CHROMIUM_PATH says where it is.')
exitUnless(await buildClient(), 'No pictures were taken: the application could not be built.')
for (const folder of ['docs/pictures', '.cache/pictures']) await mkdir(projectRoot + folder, { recursive: true })

/** Colours follow from ids, so that two of three may be neighbours; for the pictures another installation is tried then. */
async function looksApart(server: WeftServer): Promise<boolean> {
  const headers = { 'content-type': 'application/json', origin: server.url }
  const entered = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: seededEmail('Alice'), password: seededPassword }),
  })
  const cookie = entered.headers.getSetCookie().map((line) => line.split(';')[0])
  const get = async (path: string): Promise<Record<string, string>[]> =>
    (await fetch(`${server.url}/api/v1${path}`, { headers: { ...headers, cookie: cookie.join('; ') } })).json()
  const [workspace] = await get('/workspaces')
  const members = await get(`/workspaces/${workspace?.id}/members`)
  const colors: readonly string[] = personColors
  const places = members.map(({ color }) => colors.indexOf(color ?? '')).sort((a, b) => a - b)
  return places.every((place, index) => index === 0 || place - (places[index - 1] ?? 0) > 1)
}

async function seededServer(): Promise<WeftServer> {
  for (;;) {
    const fresh = await WeftServer.start()
    await seed(fresh.url)
    if (await looksApart(fresh)) return fresh
    await fresh.dispose()
  }
}

const empty = await WeftServer.start()
const server = await seededServer()
const browser = await chromium.launch({
  executablePath: program ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

const open: BrowserContextOptions = { baseURL: server.url, viewport: wide, reducedMotion: 'reduce' }
const shoot = async (page: Page, name: string) => {
  await page.mouse.move(640, 795)
  await page.evaluate(() => document.fonts.ready)
  const path = `${folderOf(name)}/${name}.png`
  await page.screenshot({ path: projectRoot + path, animations: 'disabled' })
  console.log(path)
}

async function signIn(from: Browser, name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await from.newContext({ ...open, ...options })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(seededEmail(name))
  await page.getByLabel('Password').fill(seededPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Tidewater Cycles' }).waitFor()
  return page
}

async function goTo(page: Page, document: string): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Show sidebar' })
  await page.getByRole('navigation').or(drawer).first().waitFor()
  if (await drawer.isVisible()) await drawer.click()
  await page.getByRole('navigation').getByRole('link', { name: document }).click()
  await page.locator('.weft-prose').waitFor()
}

/** The same in light and dark, wide and on a phone; `arrange` brings it about in each width. */
async function shootInEveryLook(page: Page, name: string, arrange: () => Promise<void>): Promise<void> {
  for (const [size, viewport] of Object.entries({ phone, wide })) {
    await page.setViewportSize(viewport)
    await arrange()
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await shoot(page, `${name}-${size}-${colorScheme}`)
    }
  }
}

const saved = (page: Page) => page.locator('[data-testid="save-word"][data-word="saved"]').waitFor()
const bike = 'Cargo bike, model year 2027'

try {
  const visitor = await (await browser.newContext(open)).newPage()
  await visitor.goto(empty.url)
  await visitor.getByText('Nobody has an account here yet.').waitFor()
  await shoot(visitor, 'sign-up')

  const alice = await signIn(browser, 'Alice')
  await shoot(alice, 'home')
  const bob = await signIn(browser, 'Bob')
  const carol = await signIn(browser, 'Carol', { viewport: phone, isMobile: true, hasTouch: true })
  await shoot(carol, 'phone-home')
  for (const page of [alice, bob, carol]) await goTo(page, bike)
  const typeAt = async (page: Page, place: string, text: string) => {
    await body(page).getByText(place).last().click()
    await page.keyboard.press('End')
    await page.keyboard.type(text)
  }
  // Both at once, and the picture while their names still show.
  const write = async (words: string) => {
    await typeAt(carol, 'Ride it with 80 kg', words)
    await body(bob).getByText('Testers asked').last().click()
    await bob.keyboard.press('End')
    await bob.keyboard.press('Shift+Home')
  }
  await write(' on Friday')
  await saved(alice)
  await alice.locator('.weft-caret.is-active').first().waitFor()
  await shoot(alice, 'writing-light')
  await alice.emulateMedia({ colorScheme: 'dark' })
  await write(', with Dan')
  await alice.locator('.weft-caret.is-active').first().waitFor()
  await shoot(alice, 'writing-dark')
  await alice.emulateMedia({ colorScheme: 'light' })
  await body(bob).click()
  await bob.keyboard.press('Control+Home')
  await saved(carol)
  await carol.evaluate(() => document.querySelector('main')?.scrollTo(0, 0))
  await shoot(carol, 'phone')
  await carol.getByRole('button', { name: 'Show sidebar' }).click()
  await carol.getByRole('navigation').waitFor()
  await shoot(carol, 'phone-sidebar')
  await carol.keyboard.press('Escape')

  await alice.getByTestId('share').click()
  await alice.getByRole('switch', { name: /out of mails/ }).waitFor()
  await shoot(alice, 'share')
  await alice.getByRole('combobox', { name: 'Access of Carol' }).click()
  await alice.getByRole('option', { name: 'Can view' }).click()
  await alice.keyboard.press('Escape')
  await carol.locator('[data-word="view-only"]').waitFor()
  await shoot(carol, 'phone-read-only')
  await carol.setViewportSize(wide)
  await shoot(carol, 'read-only')

  await alice.getByTestId('save-word').click()
  await shoot(alice, 'saved-explained')
  await alice.keyboard.press('Escape')
  await alice.context().setOffline(true)
  await typeAt(alice, 'Frame weight', ' Weighed again today.')
  await alice.locator('[data-word="offline"]').waitFor()
  await alice.getByTestId('save-word').click()
  await shoot(alice, 'offline')
  await alice.setViewportSize(phone)
  await alice.keyboard.press('Escape')
  await shoot(alice, 'phone-offline')
  await alice.setViewportSize(wide)
  await alice.context().setOffline(false)
  await saved(alice)

  await alice.getByTestId('new-document').click()
  await title(alice).waitFor()
  await saved(alice)
  await shoot(alice, 'empty-document')
  await alice.keyboard.type('Ideas for the fair\n/')
  await alice.getByRole('listbox').waitFor()
  await shoot(alice, 'slash-menu')
  await alice.keyboard.press('Escape')

  await alice.getByTestId('workspace-switcher').click()
  await shoot(alice, 'switcher')
  await alice.getByRole('menuitem', { name: 'Members and invitations' }).click()
  await alice.getByTestId('members').waitFor()
  await alice.getByRole('button', { name: 'Invite by link' }).click()
  await shoot(alice, 'invite')
  await alice.getByRole('button', { name: 'Create link' }).click()
  const link = await alice.getByTestId('invite-link').inputValue()
  await shoot(alice, 'invite-link')
  await alice.getByRole('button', { name: 'Close' }).click()
  await shoot(alice, 'members')
  await alice.keyboard.press('?')
  await alice.getByRole('dialog').waitFor()
  await shoot(alice, 'keys')
  await visitor.goto(link)
  await visitor.getByRole('heading', { name: /invites you/ }).waitFor()
  await shoot(visitor, 'invited')
  await alice.getByRole('button', { name: 'Close' }).click()
  await alice.getByRole('navigation').getByRole('link', { name: 'Trash' }).click()
  await alice.getByText('The trash is empty').waitFor()
  await shoot(alice, 'trash')
  await alice.goto('/settings')
  await alice
    .getByRole('switch', { name: /Keep all of/ })
    .first()
    .waitFor()
  await shoot(alice, 'settings')
  await alice
    .getByRole('switch', { name: /Keep all of/ })
    .first()
    .click()
  await alice.getByText('Documents on this device').first().click()
  await alice.setViewportSize({ width: 360, height: 1400 })
  await alice.emulateMedia({ colorScheme: 'dark' })
  await shoot(alice, 'phone-settings')
  await alice.emulateMedia({ colorScheme: 'light' })
  await alice.setViewportSize(wide)
  await alice.goto('/nowhere')
  await alice.getByText('There is nothing here').waitFor()
  await shoot(alice, 'not-found')

  await alice.goto('/')
  await goTo(alice, bike)
  const address = alice.url()
  // What she sees happen would be no news to her.
  await alice.goto('/')
  await typeAt(bob, 'Testers asked', ' @Ali')
  await bob.getByRole('option', { name: /Alice/ }).click()
  await bob.keyboard.type('can you look at this?')
  await saved(bob)
  await alice.getByTestId('unread-count').waitFor()
  const activity = alice.getByTestId('activity')
  await shootInEveryLook(alice, 'share-dialog', async () => {
    await alice.goto(address)
    await alice.getByTestId('share').click()
    await alice.getByRole('switch', { name: /out of mails/ }).waitFor()
  })
  await shootInEveryLook(alice, 'activity-panel', async () => {
    await alice.goto(address)
    await alice.getByTestId('document-menu').click()
    await alice.getByRole('menuitem', { name: 'Activity' }).click()
    await activity.first().waitFor()
  })
  await alice.getByTestId('side-panel').getByRole('button', { name: 'Close' }).click()
  await shootInEveryLook(alice, 'activity', async () => {
    await alice.goto(address.replace(/\/d\/.*/, '/activity'))
    await activity.first().waitFor()
  })
  await shootInEveryLook(alice, 'notifications', async () => {
    await alice.goto('/notifications')
    await alice.getByTestId('notification').first().waitFor()
  })
  await alice.goto(address)
  await alice.getByRole('button', { name: /^Notifications/ }).click()
  await alice.getByTestId('notification').first().waitFor()
  await shoot(alice, 'notifications-popover')
  await shootInEveryLook(alice, 'preferences', async () => {
    await alice.goto('/settings/notifications')
    await alice.getByRole('heading', { name: 'Kinds and ways' }).waitFor()
  })

  await alice.goto('/')
  await goTo(alice, 'Planning, Monday')
  await saved(alice)
  await alice.context().setOffline(true)
  await alice.evaluate(() => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await body(alice).click()
  await alice.keyboard.press('Control+End')
  await alice.keyboard.type(' A word that the device refuses. ')
  await alice.locator('[data-word="not-saved"]').waitFor()
  await alice.getByTestId('save-word').click()
  await shoot(alice, 'not-saved')
} finally {
  await browser.close()
  await Promise.all([empty.dispose(), server.dispose()])
}
