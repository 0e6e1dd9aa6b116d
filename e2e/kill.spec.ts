import type { Page } from '@playwright/test'
import { body, expect, expectSaved, saveWord, test, write } from './harness/team.ts'

/** Types numbered words until told to stop; `saved` holds those that the page called saved. */
function typist(page: Page, name: string, paragraph: number) {
  const typed: string[] = []
  let saved = 0
  let going = true
  const run = async () => {
    await body(page).locator('p').nth(paragraph).click()
    await page.keyboard.press('End')
    for (let i = 0; going; i++) {
      const word = `${name}${i}x`
      await page.keyboard.type(`${word} `)
      typed.push(word)
      // The word settles when the typing rests: every few words this waits for it, unless the server is gone.
      if (i % 4 === 3) await expect(saveWord(page)).toHaveText(/^(Saved|Offline)/)
      const before = typed.length
      if ((await saveWord(page).textContent()) === 'Saved') saved = before
    }
  }
  const done = run()
  return {
    typed,
    get saved() {
      return typed.slice(0, saved)
    },
    stop: async () => {
      going = false
      await done
    },
  }
}

/** A paragraph for each: two who type at one spot mix their letters, and no word could be looked for. */
async function twoParagraphs(anns: Page, bens: Page): Promise<void> {
  await write(anns, 'Ann')
  await anns.keyboard.press('Enter')
  await anns.keyboard.type('Ben')
  await expect(body(bens).locator('p')).toHaveText(['Ann', 'Ben'])
}

test('[SAVE-1] the server is killed while both type: nothing that was called saved is missing', async ({ team }) => {
  const { page: anns, context } = await team.open(team.ann)
  const { page: bens, context: other } = await team.open(team.ben)
  await twoParagraphs(anns, bens)
  const writers = [typist(anns, 'ann', 0), typist(bens, 'ben', 1)]
  await expect.poll(() => writers.every(({ saved }) => saved.length > 5), { timeout: 45_000 }).toBe(true)
  await team.server.kill('SIGKILL')
  for (const writer of writers) await writer.stop()
  // Nobody can send anything again: what is there now was on disk when it was acknowledged.
  await context.close()
  await other.close()
  await team.server.boot()
  const { markdown } = await team.ann.call('GET', `/documents/${team.documentId}/export`)
  const lost = writers.flatMap(({ saved }) => saved.filter((word) => !markdown?.includes(word)))
  expect(lost).toEqual([])
})

test('[SAVE-1] after a kill the pages recover by themselves, with every word of both', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await twoParagraphs(anns, bens)
  const writers = [typist(anns, 'ann', 0), typist(bens, 'ben', 1)]
  for (let kills = 0; kills < 2; kills++) {
    const before = writers.map(({ typed }) => typed.length)
    await expect.poll(() => writers.every(({ typed }, i) => typed.length > (before[i] ?? 0) + 5)).toBe(true)
    await team.server.kill('SIGKILL')
    await expect(saveWord(anns)).toHaveText('Offline: saved on this device')
    await team.server.boot()
    await expect(saveWord(anns)).toHaveText(/Sav/, { timeout: 45_000 })
  }
  for (const writer of writers) await writer.stop()
  await expect(saveWord(anns)).toHaveText('Saved', { timeout: 45_000 })
  await expect(saveWord(bens)).toHaveText('Saved', { timeout: 45_000 })
  const words = writers.flatMap(({ typed }) => typed)
  await expect
    .poll(async () => {
      const text = await body(bens).textContent()
      return words.filter((word) => !text?.includes(word))
    })
    .toEqual([])
  await expectSaved(anns)
  expect(await body(anns).textContent()).toBe(await body(bens).textContent())
})
