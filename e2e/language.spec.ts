import type { BrowserContextOptions, Page } from '@playwright/test'
import { bell, rows } from './harness/notifications.ts'
import { body, expect, saveWord, test } from './harness/team.ts'

declare global {
  interface Window {
    /** What the page has shown, in order, each with the language that it said it was in. */
    shownTexts?: string[]
  }
}

/** Records everything that pages opened from now on show, from their very first words. */
async function record(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const texts: string[] = []
    window.shownTexts = texts
    new MutationObserver(() => {
      const text = document.getElementById('root')?.textContent.trim() ?? ''
      if (text !== '') texts.push(`${document.documentElement.lang}: ${text}`)
    }).observe(document, { childList: true, characterData: true, subtree: true })
  })
}

/** Some words of each page that the tests open, as English has them. */
const english = /Loading|Sign in|Password|Settings|Language|Search|Notifications|Activity|Trash|Share|Saved|Untitled/

/** No English word was ever shown, and none before the page said that it is German. */
async function expectOnlyGerman(page: Page): Promise<void> {
  const texts = await page.evaluate(() => window.shownTexts ?? [])
  expect(texts).not.toEqual([])
  expect(texts.filter((text) => !text.startsWith('de: ') || english.test(text))).toEqual([])
}

const expectLanguage = (page: Page, language: string) => expect(page.locator('html')).toHaveAttribute('lang', language)

test('who chooses German has all of it in German, from the first word of each page on; others keep their language', async ({
  team,
  browser,
}) => {
  const ben = (await team.open(team.ben)).page
  const context = await team.ann.openBrowser(browser)
  const page = await context.newPage()
  await page.goto('/settings')
  await page.getByRole('combobox', { name: 'Language' }).click()
  // Each by its own name: who has come into a language by mistake finds the way back.
  await expect(page.getByRole('option')).toHaveText(['English', 'Deutsch'])
  await page.getByRole('option', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible()
  await expectLanguage(page, 'de')
  await expect(page).toHaveTitle('Einstellungen · Weft')
  await expect(page.getByRole('combobox', { name: 'Sprache' })).toHaveText('Deutsch')
  await expect(page.getByRole('combobox', { name: 'Farben' })).toHaveText('Wie das System')
  await expect(page.getByRole('link', { name: 'Wählen, was du erfährst' })).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Looms ganz offline behalten' })).toBeVisible()

  await record(page)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Looms ganz offline behalten' })).toBeVisible()
  await expectOnlyGerman(page)

  await page.goto(team.path)
  await body(page).waitFor()
  await expectLanguage(page, 'de')
  await expect(page.getByRole('textbox', { name: 'Titel', exact: true })).toBeVisible()
  await expect(saveWord(page)).toHaveText('Gespeichert')
  await expect(page.getByTestId('presence-avatar')).toHaveText(/Ben: Liest/)
  const sidebar = page.getByRole('complementary', { name: 'Seitenleiste' })
  await expect(sidebar.getByRole('navigation', { name: 'Dokumente' })).toBeVisible()
  await expect(sidebar.getByRole('link', { name: 'Papierkorb' })).toBeVisible()
  await expectOnlyGerman(page)

  await sidebar.getByRole('button', { name: 'Suchen' }).click()
  const palette = page.getByRole('dialog', { name: 'Suche und Befehle' })
  await expect(palette.getByPlaceholder('Dokumente, Personen und Befehle suchen')).toBeVisible()
  await expect(palette.getByRole('option', { name: 'Verlauf des Arbeitsbereichs' })).toBeVisible()
  await page.keyboard.type('mitgl')
  await expect(palette.getByRole('option')).toHaveText('Mitglieder und Einladungen')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Freigeben' }).click()
  const share = page.getByRole('dialog', { name: 'Wer das öffnen kann' })
  await expect(share.getByRole('combobox', { name: 'Wer das öffnen kann' })).toHaveText('Alle im Arbeitsbereich')
  await expect(share.getByRole('combobox', { name: 'Zugriff von Ben' })).toHaveText('Bearbeiten (Arbeitsbereich)')
  await page.keyboard.press('Escape')

  await bell(page).click()
  await expect(page.getByRole('heading', { name: 'Benachrichtigungen' })).toBeVisible()
  await expect(rows(page)).toContainText('Deine Einladung in Looms wurde von Ben angenommen')
  await expect(rows(page).getByRole('time')).toHaveText(/^(jetzt|vor \d+ )/)
  await page.keyboard.press('Escape')

  await sidebar.getByRole('link', { name: 'Verlauf' }).click()
  await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible()
  await expect(page.getByTestId('activity')).toContainText(['Ann erstellte Warp and weft', 'Ben kam dazu'])
  await expectOnlyGerman(page)

  await ben.reload()
  await body(ben).waitFor()
  await expectLanguage(ben, 'en')
  await expect(saveWord(ben)).toHaveText('Saved')
  await context.close()
})

test('a browser that speaks German starts in German, and in English where the words cannot be had', async ({
  team,
  browser,
}) => {
  const german: BrowserContextOptions = { baseURL: team.server.url, locale: 'de-DE' }
  const context = await browser.newContext(german)
  const page = await context.newPage()
  await record(page)
  await page.goto('/sign-in')
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible()
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByText('Gib dein Passwort ein.')).toBeVisible()
  await expectLanguage(page, 'de')
  await expectOnlyGerman(page)
  await context.close()

  const cutOff = await browser.newContext({ ...german, serviceWorkers: 'block' })
  const without = await cutOff.newPage()
  const refused: string[] = []
  await without.route(/\/assets\/words-de/, (route) => {
    refused.push(route.request().url())
    return route.abort()
  })
  await without.goto('/sign-in')
  await expect(without.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expectLanguage(without, 'en')
  expect(new Set(refused).size).toBe(1)
  await cutOff.close()
})

/** Whatever has to be read or pressed and does not lie within the screen, and whatever scrolls sideways. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const nameOf = (element: Element) =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40)}`
    const scrolling = [...document.querySelectorAll('html, header, aside, main')].filter(
      ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
    )
    const outside = [...document.querySelectorAll('button, a, input, h1, h2, th')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      // What only screen readers read is one pixel wide; tabs scroll by themselves.
      return width > 1 && element.role !== 'tab' && (left < 0 || right > window.innerWidth)
    })
    return [...scrolling, ...outside].map(nameOf)
  })

test('at 360 px nothing is too wide in German', async ({ team, browser }) => {
  const look = { locale: 'de-DE', viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' } as const
  await team.open(team.ben)
  const context = await team.ann.openBrowser(browser, look)
  const page = await context.newPage()
  await page.goto(team.path)
  await expect(saveWord(page)).toHaveText('Gespeichert')
  await expect(page.getByTestId('presence-avatar')).toBeVisible()
  expect.soft(await tooWide(page), 'a document').toEqual([])
  await context.setOffline(true)
  await expect(page.locator('[data-word="offline"]')).toBeVisible()
  expect.soft(await tooWide(page), 'offline').toEqual([])
  await context.setOffline(false)
  await expect(saveWord(page)).toHaveText('Gespeichert', { timeout: 60_000 })
  await page.getByRole('button', { name: 'Seitenleiste zeigen' }).click()
  await page.getByRole('dialog', { name: 'Dokumente' }).getByRole('link', { name: 'Papierkorb' }).waitFor()
  expect.soft(await tooWide(page), 'the drawer').toEqual([])
  const pages = {
    '/settings': 'Einstellungen',
    '/settings/notifications': 'Was du erfährst',
    '/settings/announcements': 'Ankündigungen',
    '/notifications': 'Benachrichtigungen',
    [`/w/${team.workspaceId}/members`]: 'Mitglieder',
  }
  for (const [path, heading] of Object.entries(pages)) {
    await page.goto(path)
    await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
    await expect(page.getByText('Wird geladen …')).toHaveCount(0)
    expect.soft(await tooWide(page), path).toEqual([])
  }
  await context.close()
})

test('the language that one chooses is that of one’s other devices, at once, or when the network is back', async ({
  team,
  browser,
}) => {
  const [desk, phone] = [await team.ann.openBrowser(browser), await team.ann.openBrowser(browser)]
  const [page, there] = [await desk.newPage(), await phone.newPage()]
  await there.goto(team.path)
  await expect(saveWord(there)).toHaveText('Saved')
  await page.goto('/settings')
  const choose = async (label: string, language: string) => {
    await page.getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: language }).click()
  }
  await choose('Language', 'Deutsch')
  await expectLanguage(page, 'de')
  await expectLanguage(there, 'de')
  await expect(saveWord(there)).toHaveText('Gespeichert')

  await desk.setOffline(true)
  await choose('Sprache', 'English')
  await expectLanguage(page, 'en')
  await desk.setOffline(false)
  await expectLanguage(there, 'en')
  await expect(page.getByRole('combobox', { name: 'Language' })).toHaveText('English')
  // One that comes later speaks it too, whatever its browser does.
  const other = await team.ann.openBrowser(browser, { locale: 'de' })
  const later = await other.newPage()
  await later.goto('/settings')
  await expectLanguage(later, 'en')
  await Promise.all([desk.close(), phone.close(), other.close()])
})
