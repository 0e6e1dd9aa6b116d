import type { Page } from '@playwright/test'
import { must } from '@weft/shared/kit'
import { body, expect, expectSaved, saveWord, test, write } from './harness/team.ts'

test.use({ behindProxy: true })

/** Both write, and read each other. */
async function bothWrite(anns: Page, bens: Page): Promise<void> {
  await write(anns, 'Ann was here. ')
  await expect(body(bens)).toContainText('Ann was here.')
  await write(bens, 'Ben too. ')
  await expect(body(anns)).toContainText('Ben too.')
  await expectSaved(anns)
  await expectSaved(bens)
}

test('two people write one document without WebSockets, and see each other’s carets and avatars', async ({ team }) => {
  const proxy = must(team.proxy, 'the proxy')
  proxy.webSockets = 'refuse'
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await bothWrite(anns, bens)
  await expect(anns.locator('.weft-caret').filter({ hasText: 'Ben' })).toBeAttached()
  await expect(anns.getByTestId('presence-avatar').filter({ hasText: 'B' })).toBeVisible()
  expect(proxy.seen.open).toBe(2)
  await saveWord(anns).click()
  await expect(anns.getByText('WebSockets do not get through your network')).toBeVisible()
})

for (const [webSockets, what] of [
  ['answer', 'is answered like any request'],
  ['hang', 'hears nothing'],
  ['swallow', 'opens, and brings nothing'],
] as const) {
  test(`a WebSocket that ${what} keeps nobody from writing`, async ({ team }) => {
    must(team.proxy, 'the proxy').webSockets = webSockets
    const { page: anns } = await team.open(team.ann)
    const { page: bens } = await team.open(team.ben)
    await bothWrite(anns, bens)
  })
}

test('a proxy that holds answers back is noticed and named, and everything works', async ({ team }) => {
  const proxy = must(team.proxy, 'the proxy')
  proxy.webSockets = 'refuse'
  proxy.holdsBack = true
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await bothWrite(anns, bens)
  await saveWord(anns).click()
  await expect(anns.getByText('holds answers back')).toBeVisible()
})

test('tabs of one browser share one stream; the one that opened it may be closed', async ({ team }) => {
  const proxy = must(team.proxy, 'the proxy')
  proxy.webSockets = 'refuse'
  const { page: first, context } = await team.open(team.ann)
  await expectSaved(first)
  const tabs = [await context.newPage(), await context.newPage()]
  for (const tab of tabs) {
    await tab.goto(team.path)
    await body(tab).waitFor()
    await expectSaved(tab)
  }
  expect(proxy.seen).toMatchObject({ streams: 1, open: 1 })
  const [second, third] = tabs
  if (second === undefined || third === undefined) throw new Error('missing: tabs')
  await write(first, 'From the first. ')
  const typing = write(second, 'From the second, while the first is closed. ')
  await first.close()
  await typing
  await expectSaved(second)
  await expect(body(third)).toContainText('From the first. ')
  await expect(body(third)).toContainText('From the second, while the first is closed.')
  expect(proxy.seen).toMatchObject({ streams: 1, open: 1 })
})

test('where workers are not shared, each tab has a stream of its own', async ({ team }) => {
  const proxy = must(team.proxy, 'the proxy')
  proxy.webSockets = 'refuse'
  const { page: anns, context } = await team.open(team.ann)
  await expectSaved(anns)
  await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'))
  await anns.reload()
  const other = await context.newPage()
  await other.goto(team.path)
  await body(other).waitFor()
  await bothWrite(anns, other)
  await expect.poll(() => proxy.seen.open).toBe(2)
  await other.close()
  await expect.poll(() => proxy.seen.open).toBe(1)
})

test('it gives way to WebSockets when they open again, for all tabs, and loses nothing', async ({ team }) => {
  const proxy = must(team.proxy, 'the proxy')
  proxy.webSockets = 'refuse'
  const { page: one, context } = await team.open(team.ann)
  const two = await context.newPage()
  await two.goto(team.path)
  await body(two).waitFor()
  await expectSaved(two)
  expect(proxy.seen.open).toBe(1)

  proxy.webSockets = 'pass'
  const words: string[] = []
  await body(one).click()
  for (let i = 0; proxy.seen.open > 0 && i < 200; i++) {
    words.push(`word${i}x`)
    await one.keyboard.type(`word${i}x `, { delay: 60 })
  }
  expect(proxy.seen.open).toBe(0)
  await expectSaved(one)
  await expect(body(two)).toContainText(words.join(' '))
  const { streams } = proxy.seen
  await write(two, 'and on.')
  await expect(body(one)).toContainText('and on.')
  // Nobody opened another.
  expect(proxy.seen.streams).toBe(streams)
  await saveWord(one).click()
  await expect(one.getByText('The server has stored every change')).toBeVisible()
  await expect(one.getByText('WebSockets do not get through')).toHaveCount(0)
})

test('[SAVE-6] over cuts and delays "Saved" is never shown of a word that the server does not have', async ({
  team,
}) => {
  const proxy = must(team.proxy, 'the proxy')
  proxy.webSockets = 'refuse'
  const { page } = await team.open(team.ann)
  await expectSaved(page)
  proxy.delay = 300
  await body(page).click()
  for (let round = 0; round < 6; round++) {
    const word = `round${round}x`
    await page.keyboard.type(`${word} `)
    if (round % 2 === 1) proxy.cut()
    await expect(saveWord(page)).toHaveText('Saved', { timeout: 45_000 })
    const { markdown } = await team.ann.call('GET', `/documents/${team.documentId}/export`)
    expect(markdown).toContain(word)
  }
})
