import AxeBuilder from '@axe-core/playwright'
import { body, expect, expectSaved, test, title, write } from './harness/team.ts'

const palette = (page: import('@playwright/test').Page) => page.getByRole('dialog', { name: 'Search and commands' })

test('what one writes is found by the other with a word of it, and opened by keys alone', async ({ team }) => {
  const [ann, ben] = [await team.open(team.ann), await team.open(team.ben)]
  await write(ann.page, 'The heddles were tuned in Århus.')
  await expectSaved(ann.page)
  await ben.page.goto(`/w/${team.workspaceId}`)
  await ben.page.getByRole('button', { name: 'Search' }).waitFor()
  await ben.page.keyboard.press('Control+k')
  const input = palette(ben.page).getByRole('combobox')
  await expect(input).toBeFocused()
  // The index follows the text within some seconds; whoever asks again finds it.
  await expect(async () => {
    await input.fill('')
    await input.pressSequentially('arhus hedd')
    await expect(palette(ben.page).getByRole('option', { name: /heddles were tuned/ })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  await expect(palette(ben.page).locator('mark')).toHaveText(['heddles', 'Århus'])
  await ben.page.keyboard.press('Enter')
  await expect(palette(ben.page)).toBeHidden()
  await expect(title(ben.page)).toHaveText('Warp and weft')
})

test('documents opened lately, people and commands; nothing found is said', async ({ team }) => {
  const other = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Selvedge' })
  const { page } = await team.open(team.ann)
  await page.goto(`/w/${team.workspaceId}/d/${other.id}`)
  await body(page).waitFor()
  await page.getByRole('button', { name: 'Search' }).click()
  const found = palette(page)
  await expect(found.getByRole('option').first()).toContainText('Warp and weft')
  await page.keyboard.type('ben')
  await expect(found.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/activity\?person=/)
  // Outside of text the sign alone opens it.
  await page.keyboard.press('/')
  await page.keyboard.type('all keys')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zzz "(')
  await expect(found.getByRole('status')).toContainText('Nothing has the words')
  await page.keyboard.press('Escape')
  await expect(found).toBeHidden()
})

test('without a connection titles are found, and who signs out leaves nothing of what was opened', async ({ team }) => {
  const { page, context } = await team.open(team.ann)
  await page.goto(`/w/${team.workspaceId}`)
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(palette(page).getByRole('option').first()).toContainText('Warp and weft')
  await context.setOffline(true)
  await page.keyboard.type('wéft')
  await expect(palette(page).getByRole('option', { name: 'Warp and weft' })).toBeVisible()
  await expect(palette(page).getByRole('status')).toContainText('only titles are searched')
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Warp and weft')
  await context.setOffline(false)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('sign out')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('weft-recent-')))).toEqual(
    [],
  )
})

test('who types on before the palette is loaded has all keys in it, and none in the text', async ({ team }) => {
  const { page } = await team.open(team.ann)
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/Palette-[^/]*\.js/, async (route) => {
    await held
    await route.continue()
  })
  await page.reload()
  await write(page, 'loom')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('wa')
  release()
  await expect(palette(page)).toBeVisible()
  await page.keyboard.type('rp')
  await expect(palette(page).getByRole('combobox')).toHaveValue('warp')
  await page.keyboard.press('Escape')
  await expect(body(page)).toHaveText('loom')
})

test('on selected text the key is a link, elsewhere in it the palette', async ({ team }) => {
  const { page } = await team.open(team.ann)
  await write(page, 'loom')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeHidden()
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeVisible()
})

test('axe finds nothing in it, in light and dark, and it fits a phone', async ({ team }) => {
  const { page } = await team.open(team.ann)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.keyboard.press('Control+k')
    await page.keyboard.type('a')
    await expect(palette(page).getByRole('option').first()).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.keyboard.type('zz')
    await expect(palette(page).getByRole('status')).toContainText('Nothing has the words')
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.keyboard.press('Escape')
  }
  await page.setViewportSize({ width: 360, height: 640 })
  await page.keyboard.press('Control+k')
  const box = await palette(page).boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360)
  await expect(palette(page).getByRole('option').last()).not.toBeInViewport()
  await page.keyboard.press('ArrowUp')
  await expect(palette(page).getByRole('option').last()).toBeInViewport()
})
