import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { png } from '../server/test/filePictures.ts'
import { body, expect, expectSaved, saveWord, test, write } from './harness/team.ts'

const pictures = (page: Page) => page.locator('.weft-picture')
const image = (page: Page, at: number) => pictures(page).nth(at).locator('img')
const menu = (page: Page) => page.getByRole('toolbar', { name: 'Picture' })

const isDrawn = (page: Page, at: number, width: number) =>
  expect.poll(() => image(page, at).evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(width)

/** As from another program: a file and no words. */
async function paste(page: Page, bytes: Buffer, name: string, type = 'image/png'): Promise<void> {
  await body(page).evaluate(
    (element, file) => {
      const clipboardData = new DataTransfer()
      const bytes = Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0))
      clipboardData.items.add(new File([bytes], file.name, { type: file.type }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    { base64: bytes.toString('base64'), name, type },
  )
}

test('pictures come with a network and without, are described and resized, and the other sees each', async ({
  team,
}) => {
  const [{ page: anns, context: annsBrowser }, { page: bens }] = [await team.open(team.ann), await team.open(team.ben)]
  await write(anns, 'The loom: ')
  await anns.keyboard.press('Enter')

  // By the menu, with keys alone until the browser's own dialog.
  const choosing = anns.waitForEvent('filechooser')
  await anns.keyboard.type('/pict')
  await anns.getByRole('option', { name: 'Picture' }).waitFor()
  await anns.keyboard.press('Enter')
  await (await choosing).setFiles({ name: 'loom.png', mimeType: 'image/png', buffer: png(400, 200, 1) })
  await isDrawn(anns, 0, 400)
  await isDrawn(bens, 0, 400)
  await anns.keyboard.type('Below it.')
  await expect(body(bens)).toContainText('Below it.')

  // What it shows, in words; smaller, by keys; at the left.
  await anns.getByRole('button', { name: 'Describe this picture' }).click()
  await anns.getByLabel('Description').fill('A loom with eight shafts')
  await anns.getByLabel('Caption').fill('In 1804')
  await anns.keyboard.press('Enter')
  await expect(image(bens, 0)).toHaveAttribute('alt', 'A loom with eight shafts')
  await expect(pictures(bens).nth(0)).toContainText('In 1804')
  await menu(anns).waitFor()
  await anns.keyboard.press('Control+Alt+ArrowLeft')
  await expect.poll(() => bens.locator('.weft-picture-frame').first().getAttribute('style')).toMatch(/width: \d+%/)
  await anns.keyboard.press('Tab')
  await expect(menu(anns).getByRole('button', { name: 'At the left' })).toBeFocused()
  await anns.keyboard.press('Enter')
  await expect(pictures(bens).nth(0)).toHaveAttribute('data-align', 'left')
  const { markdown } = await team.ben.call('GET', `/documents/${team.documentId}/export`)
  expect(markdown).toMatch(/!\[A loom with eight shafts\]\(\/api\/v1\/files\/[\w-]+#400x200 "In 1804"\)/)

  // Without a network it is here, on this device; the other hears of it, and sees it when it has arrived.
  await expectSaved(anns)
  await annsBrowser.setOffline(true)
  await anns.keyboard.press('Control+End')
  await paste(anns, png(300, 100, 2), 'shuttle.png')
  await isDrawn(anns, 1, 300)
  await expect(pictures(anns).nth(1)).toContainText('Waits to be sent')
  await expect(saveWord(anns)).toHaveText('Offline: saved on this device')
  await annsBrowser.route('**/api/v1/documents/*/files/*', (route) => route.abort())
  await annsBrowser.setOffline(false)
  await expect(pictures(bens).nth(1)).toContainText('This picture has not arrived yet')
  await annsBrowser.unroute('**/api/v1/documents/*/files/*')
  await isDrawn(bens, 1, 300)
  await expect(pictures(anns).nth(1)).not.toContainText('Waits to be sent')

  // What is no picture is refused with its name, and leaves nothing.
  await paste(anns, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'drawing.svg', 'image/svg+xml')
  await expect(anns.getByText('“drawing.svg”: SVG files can hold scripts')).toBeVisible()
  await expect(pictures(anns)).toHaveCount(2)

  // On a phone, for one who may only read.
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${(await team.ben.call('GET', '/me')).id}`, {
    role: 'view',
  })
  await bens.setViewportSize({ width: 360, height: 700 })
  await expect(body(bens)).toHaveAttribute('aria-readonly', 'true')
  await isDrawn(bens, 0, 400)
  expect(await bens.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  // A caret's name fades away over the text, where nobody but eyes meets it.
  const axe = new AxeBuilder({ page: bens }).exclude('.weft-caret-layer')
  expect((await axe.analyze()).violations).toEqual([])
  await image(bens, 0).click()
  await expect(bens.getByRole('dialog', { name: 'A loom with eight shafts' })).toBeVisible()
  await bens.keyboard.press('Escape')
  await expect(bens.getByRole('dialog')).toHaveCount(0)
})

test.describe('a page elsewhere', () => {
  const asked: (string | undefined)[] = []
  let host = ''
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are wanted
    env: async ({}, use) => {
      const elsewhere = createServer(({ url, headers }, response) => {
        asked.push(headers['user-agent'])
        if (url === '/loom.png') response.setHeader('content-type', 'image/png').end(png(60, 30, 4))
        else
          response
            .setHeader('content-type', 'text/html')
            .end('<title>All about looms</title><meta property="og:image" content="/loom.png">')
      })
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
      host = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
      await use({ LINK_PREVIEW_HOSTS: host })
      elsewhere.closeAllConnections()
      elsewhere.close()
    },
  })

  test('a link tells on a card what its page says of itself, and only the server is seen there', async ({ team }) => {
    const { page } = await team.open(team.ann)
    await write(page, `See http://${host}/loom for more. `)
    await body(page).getByRole('link').hover()
    const card = page.getByTestId('link-card')
    await expect(card).toContainText('All about looms')
    await expect.poll(() => card.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(60)
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(asked.every((agent) => agent?.includes('Weft link preview'))).toBe(true)
    await page.keyboard.press('Escape')
    await expect(card).toBeHidden()
  })
})
