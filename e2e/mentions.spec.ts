import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { idOf } from './harness/people.ts'
import { onDevice, Profile, signIn, storedLists } from './harness/profile.ts'
import { body, expect, expectSaved, join, pressUntil, saveWord, test, title, write } from './harness/team.ts'

const menu = (page: Page) => page.getByRole('listbox', { name: 'People' })
const names = (page: Page) => menu(page).locator('.weft-choice-name')
const mention = (page: Page, name: string) => body(page).locator('.weft-mention', { hasText: `@${name}` })
const nothing = 'Nobody by that name can see this document'

const rename = (page: Page, name: string) =>
  page.evaluate(async (name) => {
    const headers = { 'content-type': 'application/json' }
    await fetch('/api/auth/update-user', { method: 'POST', headers, body: JSON.stringify({ name }) })
  }, name)

/** What the editor would put on the clipboard for what is selected. */
const copied = (page: Page) =>
  body(page).evaluate((dom) => {
    const clipboardData = new DataTransfer()
    dom.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
    return { 'text/plain': clipboardData.getData('text/plain'), 'text/html': clipboardData.getData('text/html') }
  })

const paste = (page: Page, data: Record<string, string>) =>
  body(page).evaluate((dom, data) => {
    const clipboardData = new DataTransfer()
    for (const [type, text] of Object.entries(data)) clipboardData.setData(type, text)
    dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, data)

test('a person is mentioned by keyboard, shown to all with the name of today, and marked for themselves', async ({
  team,
}) => {
  const cleo = await join(team, 'Cleo')
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  const { page: cleos } = await team.open(cleo)
  await join(team, 'Abel')
  await expect(anns.getByTestId('presence-avatar')).toHaveCount(2)
  await write(anns, 'Ask @')
  // Those who are here first, then who is not, oneself at the end.
  await expect(names(anns)).toHaveText(['Ben', 'Cleo', 'Abel', 'Ann'])
  const active = menu(anns).getByRole('option', { selected: true })
  await expect(active).toContainText('Ben')
  await expect(body(anns)).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id')) ?? '')
  await anns.keyboard.press('ArrowDown')
  await expect(active).toContainText('Cleo')
  await anns.keyboard.type('bé')
  await expect(names(anns)).toHaveText(['Ben'])
  await anns.keyboard.press('Enter')
  await expect(menu(anns)).toHaveCount(0)
  await expect(body(anns)).not.toHaveAttribute('aria-activedescendant')
  await anns.keyboard.type('about the warp')
  await expectSaved(anns)
  for (const page of [anns, bens, cleos]) await expect(body(page)).toHaveText('Ask @Ben about the warp')
  await expect(mention(bens, 'Ben')).toHaveAttribute('data-own')
  await expect(mention(cleos, 'Ben')).not.toHaveAttribute('data-own')

  await mention(cleos, 'Ben').hover()
  const card = cleos.locator('[data-radix-popper-content-wrapper]')
  await expect(card).toContainText('Ben')
  await expect(card).toContainText('Online')

  await rename(bens, 'Benjamin')
  // The list of members is fetched anew as somebody joins.
  await join(team, 'Dora')
  await expect(body(cleos)).toHaveText('Ask @Benjamin about the warp')
  await expect(body(anns)).toHaveText('Ask @Benjamin about the warp')
  await team.ann.call('DELETE', `/workspaces/${team.workspaceId}/members/${await idOf(team.ben)}`)
  await expect(mention(cleos, 'Ben')).toHaveAttribute('data-left')
  await body(cleos).hover({ position: { x: 2, y: 2 } })
  await mention(cleos, 'Ben').hover()
  await expect(card).toContainText('No longer here')
})

test('the menu leaves what is written when it is closed, says when it finds nobody, and opens by typing alone', async ({
  team,
}) => {
  const { page } = await team.open(team.ann)
  await write(page, 'write to ann@weft.example or @')
  await expect(menu(page)).toBeVisible()
  await page.keyboard.type('zzz')
  await expect(menu(page)).toContainText(nothing)
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('b')
  await expect(names(page)).toHaveText(['Ben'])
  await page.keyboard.press('Escape')
  await expect(menu(page)).toHaveCount(0)
  await page.keyboard.type('e')
  await expect(body(page)).toHaveText('write to ann@weft.example or @be')
  await expect(menu(page)).toHaveCount(0)
  await page.keyboard.press('Enter')
  await page.keyboard.type('@ben and @')
  await expect(names(page)).toHaveText(['Ben', 'Ann'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  // Neither code nor the title call anybody.
  await page.keyboard.type('``` @b')
  await expect(body(page).locator('pre')).toHaveText('@b')
  await expect(menu(page)).toHaveCount(0)
  await title(page).click()
  await page.keyboard.type('@b')
  await expect(title(page)).toContainText('@b')
  await expect(menu(page)).toHaveCount(0)
  await body(page).locator('p').first().click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/')
  await expect(page.getByRole('listbox', { name: 'Blocks' })).toBeVisible()
  await expect(menu(page)).toHaveCount(0)
})

test('the menu stays open on its choice while another writes before it', async ({ team }) => {
  await join(team, 'Bea')
  const { page } = await team.open(team.ann)
  const { page: other } = await team.open(team.ben)
  await write(page, 'First. ')
  await expect(body(other)).toContainText('First.')
  await page.keyboard.type('@be')
  await expect(names(page)).toHaveText(['Ben', 'Bea'])
  await page.keyboard.press('ArrowDown')
  const chosen = menu(page).getByRole('option', { selected: true })
  await body(other).click()
  await other.keyboard.press('Control+Home')
  await other.keyboard.type('In its line. ')
  await expect(body(page)).toHaveText('In its line. First. @be')
  await expect(chosen).toContainText('Bea')
  await page.keyboard.press('Tab')
  await expect(body(other)).toHaveText('In its line. First. @Bea ')
})

test('who may not see a restricted document is not offered in it, and a guest is where they may', async ({ team }) => {
  await join(team, 'Cleo')
  const gus = await join(team, 'Gus', 'guest')
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${await idOf(team.ben)}`, { role: 'view' })
  await team.ann.call('PUT', `/documents/${team.documentId}/restriction`, { restricted: true })
  const { page } = await team.open(team.ann)
  await write(page, '@')
  await expect(names(page)).toHaveText(['Ben', 'Ann'])
  await expect(menu(page).getByRole('option').first()).toContainText('Can only read')
  await page.keyboard.type('cl')
  await expect(menu(page)).toContainText(nothing)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${await idOf(gus)}`, { role: 'edit' })
  await page.keyboard.type('@g')
  await expect(names(page)).toHaveText(['Gus'])
  await page.keyboard.press('Enter')
  await expectSaved(page)
  // Who only reads sees it; a guest may mention whom they see.
  const { page: bens } = await team.open(team.ben)
  await expect(mention(bens, 'Gus')).toBeVisible()
  const { page: gusPage } = await team.open(gus)
  await expect(mention(gusPage, 'Gus')).toHaveAttribute('data-own')
  await write(gusPage, '@')
  await expect(names(gusPage)).toHaveText(['Ann', 'Ben', 'Gus'])
})

test('somebody is mentioned without a network, from the list as last seen, and told of it to the others later', async ({
  team,
}) => {
  const { page, context } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, 'Hello ')
  await expectSaved(page)
  await context.setOffline(true)
  await page.keyboard.type('@be')
  await expect(names(page)).toHaveText(['Ben'])
  await page.keyboard.press('Enter')
  await expect(saveWord(page)).toHaveText('Offline: saved on this device')
  await expect(mention(page, 'Ben')).toBeVisible()
  await context.setOffline(false)
  await expectSaved(page)
  await expect(body(bens)).toHaveText('Hello @Ben ')
})

test('a closed browser, opened without the server, offers those who could see the document last', async ({
  team,
  playwright,
  launchOptions,
}) => {
  await join(team, 'Cleo')
  const narrow = `/w/${team.workspaceId}/d/${team.documentId}`
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${await idOf(team.ben)}`, { role: 'edit' })
  await team.ann.call('PUT', `/documents/${team.documentId}/restriction`, { restricted: true })
  const profile = await Profile.create(playwright.chromium, launchOptions)
  try {
    let page = await profile.open()
    await signIn(page, team.server.url, team.ann)
    await page.goto(team.server.url + narrow)
    await write(page, 'Ask ')
    await expectSaved(page)
    await onDevice(page)
    await expect.poll(() => storedLists(page)).toContain('"readers"')
    await expect.poll(() => storedLists(page)).toContain('"Cleo"')
    await profile.close()
    await team.server.kill('SIGTERM')

    page = await profile.open()
    await page.goto(team.server.url + narrow)
    await write(page, '@')
    await expect(names(page)).toHaveText(['Ben', 'Ann'])
    await page.keyboard.press('Enter')
    await expect(body(page)).toHaveText('Ask @Ben ')
    await expect(saveWord(page)).toHaveText('Offline: saved on this device')
    await team.server.boot()
    await expectSaved(page)
  } finally {
    await profile.dispose()
  }
})

test('a mention is one character of the text: undone, deleted and copied whole, in lists, tables and headings', async ({
  team,
}) => {
  const { page } = await team.open(team.ann)
  const choose = async (query: string): Promise<void> => {
    // As fast as the keys come: nobody waits for a menu whose choice they know.
    await page.keyboard.type(`@${query}`)
    await page.keyboard.press('Enter')
    await expect(menu(page)).toHaveCount(0)
  }
  await write(page, 'Ask ')
  await choose('be')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await expect(body(page)).toHaveText('Ask ')
  await pressUntil(page, 'Control+z', (waiting) =>
    expect.poll(() => body(page).textContent(), waiting).toBe('Ask @Ben '),
  )
  await expect(mention(page, 'Ben')).toHaveCount(1)
  await page.keyboard.press('Control+a')
  const data = await copied(page)
  expect(data['text/plain']).toBe('Ask @Ben ')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await paste(page, data)
  await expect(mention(page, 'Ben')).toHaveCount(2)
  const pasted = await copied(page)
  expect(pasted['text/html']).toBe('')
  await page.keyboard.press('Control+a')
  const both = (await copied(page))['text/html'].match(/data-mention="[^"]+"/g) ?? []
  expect(both).toHaveLength(2)
  expect(new Set(both).size).toBe(1)

  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.type('## Plan of ')
  await choose('be')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- ')
  await choose('be')
  await page.keyboard.type('brings **yarn** along')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/table')
  await page.keyboard.press('Enter')
  await choose('ann')
  await expect(body(page).locator('h2')).toHaveText('Plan of @Ben ')
  await expect(body(page).locator('li')).toHaveText('@Ben brings yarn along')
  await expect(body(page).locator('li strong')).toHaveText('yarn')
  await expect(body(page).locator('th').first()).toHaveText('@Ann ')
  await expectSaved(page)
})

test('[CARET-2] a mention that was made while another turned its line goes along, and whom it names hears of it once', async ({
  team,
}) => {
  const cleo = await join(team, 'Cleo')
  const { page, context } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, 'Ask  about the warp')
  await expectSaved(page)
  await expect(body(bens)).toHaveText('Ask  about the warp')
  await context.setOffline(true)
  await page.keyboard.press('Home')
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.type('@cl')
  await expect(names(page)).toHaveText(['Cleo'])
  await page.keyboard.press('Enter')
  await expect(mention(page, 'Cleo')).toBeVisible()
  await body(bens).click()
  await bens.keyboard.press('Control+Alt+2')
  await expect(body(bens).locator('h2')).toHaveText('Ask  about the warp')
  await expectSaved(bens)
  await context.setOffline(false)
  await expectSaved(page)
  for (const one of [page, bens]) await expect(body(one).locator('h2')).toHaveText('Ask @Cleo about the warp')
  for (const one of [page, bens]) await expect(body(one)).toHaveText('Ask @Cleo about the warp')
  const heard = async () => ((await cleo.call('GET', '/notifications')) as unknown as { unread: number }).unread
  await expect.poll(heard).toBe(1)
})

test('the caret of another is drawn behind a mention, and stays there when the name changes', async ({ team }) => {
  const { page } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(page, '@be')
  await expect(menu(page)).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowLeft')
  await expect(mention(bens, 'Ben')).toBeVisible()
  const gap = () =>
    bens.evaluate(() => {
      const caret = document.querySelector('.weft-caret')?.getBoundingClientRect()
      const mention = document.querySelector('.weft-mention')?.getBoundingClientRect()
      return caret && mention ? Math.abs(caret.left - mention.right) : Number.POSITIVE_INFINITY
    })
  await expect.poll(gap).toBeLessThan(4)
  await rename(bens, 'Benjamin Somebody')
  await join(team, 'Dora')
  await expect(mention(bens, 'Benjamin Somebody')).toBeVisible()
  await expect.poll(gap).toBeLessThan(4)
})

for (const look of [
  { name: 'wide', viewport: { width: 1280, height: 800 } },
  { name: 'narrow', viewport: { width: 360, height: 740 } },
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`menu and mentions are sound, ${look.name} and ${colorScheme}`, async ({ team, browser }, info) => {
      await join(team, 'Wilhelmina-Featherstonehaugh-Cholmondeley')
      const context = await team.ann.openBrowser(browser, {
        viewport: look.viewport,
        colorScheme,
        reducedMotion: 'reduce',
        hasTouch: look.name === 'narrow',
      })
      const page = await context.newPage()
      await page.goto(team.path)
      await body(page).waitFor()
      await team.open(team.ben)
      await write(page, 'Ask ')
      for (const [query, behind] of [
        ['be', 'and '],
        ['ann', 'and '],
        ['wil', 'about the weft. '],
      ]) {
        await page.keyboard.type(`@${query}`)
        await menu(page).getByRole('option').first().click()
        await page.keyboard.type(behind ?? '')
      }
      await page.keyboard.type('@')
      await expect(names(page)).toHaveCount(3)
      const box = await menu(page).boundingBox()
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= look.viewport.width).toBe(true)
      await info.attach('menu', { body: await page.screenshot(), contentType: 'image/png' })
      const { violations } = await new AxeBuilder({ page }).disableRules(['region']).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      await page.keyboard.press('Escape')
      if (look.name === 'narrow') await mention(page, 'Ben').tap()
      else await mention(page, 'Ben').hover()
      const card = page.locator('[data-radix-popper-content-wrapper]')
      await expect(card).toContainText('Ben')
      await info.attach('card', { body: await page.screenshot(), contentType: 'image/png' })
      expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false)
      await context.close()
    })
  }
}
