import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { password } from './harness/people.ts'
import { expect, expectSaved, test, write } from './harness/team.ts'

/** No violation, nothing wider than the screen, and no script of any kind. */
async function expectSound(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect(found, what).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), what).toBeLessThanOrEqual(
    0,
  )
  expect(await page.locator('script').count(), what).toBe(0)
}

test('a document is read by whoever has its link, without an account, until it is ended', async ({ team, browser }) => {
  const { page: anns } = await team.open(team.ann)
  await write(anns, 'Over and under.')
  await anns.keyboard.press('Enter')
  await anns.keyboard.type('[ ] Tie a knot')
  await expectSaved(anns)

  await anns.getByTestId('share').click()
  const links = anns.getByRole('region', { name: 'Links for reading' })
  await links.getByRole('button', { name: 'Make a link' }).click()
  await links.getByRole('button', { name: 'Settings of this link' }).click()
  const address = await links.getByRole('textbox', { name: 'Address of the link' }).inputValue()
  await links.getByRole('combobox', { name: 'Good for' }).click()
  await anns.getByRole('option', { name: '7 days' }).click()
  await expect(links.getByText(/^until /)).toBeVisible()
  expect((await new AxeBuilder({ page: anns }).analyze()).violations).toEqual([])

  // Somebody who has never been here, whose browser runs no scripts of pages, on a phone in the dark.
  const away = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
    colorScheme: 'dark',
    baseURL: team.server.url,
  })
  const theirs = await away.newPage()
  const complaints: string[] = []
  theirs.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  await theirs.goto(address)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('Warp and weft')
  await expect(theirs.getByText('Over and under.')).toBeVisible()
  await expect(theirs.getByRole('img', { name: 'To do' })).toBeVisible()

  // A password: said once, wrong and right.
  await links.getByRole('button', { name: 'Set a password' }).click()
  await links.getByLabel('New password').fill('shuttle')
  await links.getByRole('button', { name: 'Save' }).click()
  await expect(links.getByText('Has a password')).toBeVisible()
  await theirs.reload()
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link has a password')
  await theirs.getByLabel('Password').fill('shuttles')
  await theirs.keyboard.press('Enter')
  await expect(theirs.getByRole('alert')).toHaveText('That is not the password of this link.')
  await theirs.getByLabel('Password').fill('shuttle')
  await theirs.getByRole('button', { name: 'Open' }).click()
  await expect(theirs.getByText('Over and under.')).toBeVisible()
  await theirs.reload()
  await expect(theirs.getByText('Over and under.')).toBeVisible()

  // Ended: at once, also for whoever has given the password, and behind the button that goes back.
  await links.getByRole('button', { name: 'End this link' }).click()
  await links.getByRole('button', { name: 'End it' }).click()
  await expect(links.getByRole('listitem')).toHaveCount(0)
  await expect.poll(async () => (await theirs.reload())?.status(), { message: 'the page of the ended link' }).toBe(410)
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText('This link has ended')
  await theirs.goto('/s/none')
  await theirs.goBack()
  await expect(theirs.getByText('Over and under.')).toHaveCount(0)
  expect(complaints).toEqual([])
  await away.close()
})

test('the page of a link is sound in both themes, narrow and wide; who signs in for it comes back to it', async ({
  team,
  browser,
}) => {
  const markdown = [
    '## Knots\n\nA **strong** one, `code` and [a page](https://example.org).',
    '> [!WARNING]\n> Mind your fingers',
    '| One | Two |\n| --- | --: |\n| reef | 2 |',
    '```ts\nconst aLineThatIsLongerThanAnyPhoneIsWide = "and goes on and on and on and on and on and on"\n```',
    '- [x] done\n- [ ] not done',
    '$$\n\\sum_{i=1}^n i = \\frac{n(n+1)}{2}\n$$',
    '<details>\n<summary>More</summary>\n\nhidden\n\n</details>',
  ].join('\n\n')
  const made = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Knots', markdown })
  const link = (reach: string) => team.ann.call('POST', `/documents/${made.id}/shared-links`, { reach })
  const [open, inside] = [await link('anyone'), await link('workspace')]
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } })
      const page = await context.newPage()
      await page.goto(String(open.url))
      await expect(page.getByRole('heading', { level: 2, name: 'Knots' })).toBeVisible()
      await expectSound(page, `the page, ${colorScheme}, ${width}`)
      await page.goto(String(inside.url))
      await expectSound(page, `nothing to read, ${colorScheme}, ${width}`)
      await context.close()
    }
  }
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(String(inside.url))
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('E-mail').fill(team.ben.email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Knots' })).toBeVisible()
  await page.getByRole('link', { name: 'Open in Weft' }).click()
  await expect(page).toHaveURL(new RegExp(`/w/${team.workspaceId}/d/${made.id}$`))
  await context.close()
})
