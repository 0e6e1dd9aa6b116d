import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './harness/team.ts'

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}

test('an admin makes a key for another application, sees it once, and revokes it; and says which pages may show documents', async ({
  team,
  browser,
}) => {
  const { page } = await team.open(team.ann)
  await page.getByTestId('workspace-switcher').click()
  await page.getByRole('menuitem', { name: 'Embedding' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Embedding' })).toBeVisible()
  await expect(page).toHaveTitle('Embedding · Weft')
  await expect(page.getByText('No keys.')).toBeVisible()
  await expectSound(page)

  // By keys alone.
  await page.getByRole('button', { name: 'New key' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New API key' })
  const name = dialog.getByRole('textbox', { name: 'Name of the application' })
  await expect(name).toBeVisible()
  await dialog.getByRole('button', { name: 'Make key' }).click()
  await expect(name).toHaveAccessibleDescription('Give it a name of up to 60 characters.')
  await name.fill('Loom shop')
  await dialog.getByRole('combobox', { name: 'May at most' }).click()
  await page.getByRole('option', { name: 'View', exact: true }).click()
  await dialog.getByRole('combobox', { name: 'Opens' }).click()
  await page.getByRole('option', { name: 'Warp and weft' }).click()
  await expectSound(page)
  await name.press('Enter')
  const secret = await dialog.getByTestId('key-secret').inputValue()
  expect(secret).toMatch(/^weft_[\w-]{43}$/)
  await expectSound(page)
  await page.keyboard.press('Escape')
  const row = page.getByTestId('keys').getByRole('listitem')
  await expect(row).toContainText('Loom shop')
  await expect(row).toContainText('View · “Warp and weft” and what lies below')
  await expect(row).toContainText('Made by Ann')
  expect(await page.content()).not.toContain(secret)

  const ask = () =>
    fetch(`${team.server.url}/api/v1/embed/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ documentId: team.documentId, user: { id: '1', name: 'Ines' } }),
    })
  expect((await ask()).status).toBe(200)

  // Another device of hers, on a phone, dark and in German, hears of all of it by itself.
  const context = await team.ann.openBrowser(browser, {
    viewport: { width: 360, height: 740 },
    colorScheme: 'dark',
    locale: 'de-DE',
  })
  const phone = await context.newPage()
  await phone.goto(`/w/${team.workspaceId}/embedding`)
  await expect(phone.getByRole('heading', { level: 1, name: 'Einbetten' })).toBeVisible()
  await expect(phone.getByTestId('keys').getByRole('listitem')).toContainText('Zuletzt genutzt')

  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('shop')
  await address.press('Enter')
  await expect(address).toHaveAccessibleDescription(/not the address of a website/)
  await address.fill('https://Shop.example/cart')
  await address.press('Enter')
  await expect(page.getByTestId('origins')).toContainText('https://shop.example')
  await expect(phone.getByTestId('origins')).toContainText('https://shop.example')
  await expectSound(phone)

  await phone.getByRole('button', { name: 'Schlüssel Loom shop widerrufen' }).click()
  await phone.getByRole('alertdialog').getByRole('button', { name: 'Widerrufen' }).click()
  await expect(phone.getByTestId('keys')).toHaveCount(0)
  await expect(page.getByTestId('keys')).toHaveCount(0)
  expect((await ask()).status).toBe(401)
  await page.getByRole('button', { name: 'Remove https://shop.example' }).click()
  await expect(page.getByTestId('origins')).toHaveCount(0)
  await expect(phone.getByTestId('origins')).toHaveCount(0)
  await context.close()

  // A member has no way to it, and is told for whom it is.
  const { page: bens } = await team.open(team.ben)
  await bens.getByTestId('workspace-switcher').click()
  await expect(bens.getByRole('menuitem', { name: 'Members and invitations' })).toBeVisible()
  await expect(bens.getByRole('menuitem', { name: 'Embedding' })).toHaveCount(0)
  await bens.goto(`/w/${team.workspaceId}/embedding`)
  await expect(bens.getByText('For admins')).toBeVisible()
})
