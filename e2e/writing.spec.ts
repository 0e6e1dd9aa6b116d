import type { Page } from '@playwright/test'
import { body, expect, expectSaved, pressUntil, test, title, write } from './harness/team.ts'

test('two people write one document, and see each other’s carets and avatars', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)

  await write(anns, 'The warp is fixed. ')
  await expect(body(bens)).toContainText('The warp is fixed.')
  await write(bens, 'The weft moves.')
  await expect(body(anns)).toContainText('The warp is fixed. The weft moves.')
  await expectSaved(anns)
  await expectSaved(bens)

  await expect(anns.getByTestId('presence-avatar').filter({ hasText: 'B' })).toBeVisible()
  await expect(bens.getByTestId('presence-avatar').filter({ hasText: 'A' })).toBeVisible()
  await expect(anns.locator('.weft-caret').filter({ hasText: 'Ben' })).toBeAttached()
})

test('both type at once, and end with one text in which every word is whole', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(anns, 'Begin.')
  await expect(body(bens)).toContainText('Begin.')
  await body(bens).click()
  await bens.keyboard.press('Control+End')
  await bens.keyboard.press('Enter')
  await Promise.all([write(anns, ''), bens.keyboard.type('from ben, with some words to go on', { delay: 15 })])
  await body(anns).click()
  await anns.keyboard.press('Control+Home')
  await Promise.all([
    anns.keyboard.type('from ann, at the top of it ', { delay: 15 }),
    bens.keyboard.type(' and on and on', { delay: 15 }),
  ])
  await expect(body(anns)).toContainText('from ann, at the top of it Begin.')
  await expect(body(anns)).toContainText('from ben, with some words to go on and on and on')
  await expectSaved(anns)
  await expectSaved(bens)
  expect(await body(anns).textContent()).toBe(await body(bens).textContent())
})

test('[CARET-2] one types on while the other splits the paragraph before that, and turns it: each word stays in its sentence', async ({
  team,
}) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(anns, 'The warp is fixed. The weft goes')
  await expect(body(bens)).toContainText('The weft goes')
  await body(bens).click()
  await bens.keyboard.press('Control+Home')
  for (const _ of 'The warp is fixed. ') await bens.keyboard.press('ArrowRight')
  const words: string[] = []
  let ready = false
  const typing = (async () => {
    while (!ready) {
      words.push(` to${words.length}and fro`)
      await anns.keyboard.type(words.at(-1) ?? '', { delay: 15 })
    }
  })()
  const blocks = (page: Page) => body(page).locator(':scope > *')
  // What Ben makes of it, and where the sentence is then.
  for (const [key, kind, count] of [
    ['Enter', 'p', 2],
    ['Control+Alt+2', 'h2', 2],
    ['Control+Alt+0', 'p', 2],
    ['Control+Shift+8', 'ul', 2],
    ['Control+Shift+8', 'p', 2],
    ['Backspace', 'p', 1],
    ['Enter', 'p', 2],
  ] as const) {
    await bens.keyboard.press(key)
    await expect(blocks(anns)).toHaveCount(count)
    await expect(anns.locator(`.weft-prose > ${kind}`).last()).toContainText('The weft goes')
    // Ben goes on when he has seen where these words belong, as one who looks at the page does.
    await expect(blocks(bens).last()).toContainText(`The weft goes${words.join('')}`)
  }
  ready = true
  await typing
  for (const page of [anns, bens]) {
    await expect(blocks(page)).toHaveText(['The warp is fixed. ', `The weft goes${words.join('')}`])
    await expectSaved(page)
  }
})

test('a remote caret never moves the text', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  await write(anns, 'A line that is long enough to have places in it where a caret could stand, and some more of it.')
  await expectSaved(anns)
  const before = await body(anns).locator('p').first().boundingBox()
  const widths = () =>
    body(anns)
      .locator('p')
      .first()
      .evaluate((node) => {
        const range = document.createRange()
        range.selectNodeContents(node)
        return [...range.getClientRects()].map(({ x, y, width, height }) => [x, y, width, height].join())
      })
  const rects = await widths()
  const { page: bens } = await team.open(team.ben)
  await expect(body(bens)).toContainText('A line')
  await body(bens).click()
  await bens.keyboard.press('Control+Home')
  for (let i = 0; i < 25; i++) await bens.keyboard.press('ArrowRight')
  await bens.keyboard.press('Shift+End')
  await expect(anns.locator('.weft-caret')).toBeAttached()
  expect(await widths()).toEqual(rects)
  expect(await body(anns).locator('p').first().boundingBox()).toEqual(before)
})

test('undo takes back only one’s own edits', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(anns, 'mine ')
  await expect(body(bens)).toContainText('mine')
  await write(bens, 'yours')
  await expect(body(anns)).toContainText('mine yours')
  await pressUntil(anns, 'Control+z', (waiting) => expect(body(anns)).toHaveText('yours', waiting))
  await anns.keyboard.press('Control+z')
  await expect(body(anns)).toHaveText('yours')
  await expect(body(bens)).toHaveText('yours')
})

test('the title is written like the text, and the tree follows it', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await title(anns).click()
  await anns.keyboard.press('Control+a')
  await anns.keyboard.type('A new name')
  await expect(title(bens)).toHaveText('A new name')
  await expect(bens.getByRole('navigation').getByText('A new name')).toBeVisible()
})
