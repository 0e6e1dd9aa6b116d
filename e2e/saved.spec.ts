import { must } from '@weft/shared/kit'
import { body, expect, saveWord, test } from './harness/team.ts'

// It delays and cuts, whatever carries the frames.
test.use({ behindProxy: true })

test('[SAVE-6] "Saved" is never shown while something is unacknowledged, over delays and reconnects', async ({
  team,
}) => {
  const { page } = await team.open(team.ann)
  const proxy = must(team.proxy, 'the proxy')
  proxy.delay = 500
  await expect(saveWord(page)).toHaveText('Saved')
  await body(page).click()

  for (let round = 0; round < 8; round++) {
    const word = `round${round}x`
    await page.keyboard.type(`${word} `)
    if (round % 3 === 1) proxy.cut()
    // The moment in which the page says "Saved", the server must have the word on disk.
    await expect(saveWord(page)).toHaveText('Saved', { timeout: 45_000 })
    const { markdown } = await team.ann.call('GET', `/documents/${team.documentId}/export`)
    expect(markdown).toContain(word)
  }
})

test('[SAVE-6] the word leaves "Saved" with the first key, before the server has answered', async ({ team }) => {
  const { page } = await team.open(team.ann)
  must(team.proxy, 'the proxy').delay = 1_500
  await expect(saveWord(page)).toHaveText('Saved')
  await body(page).click()
  await page.keyboard.type('k')
  // Well below the delay of the answer, so that only a false "Saved" could stand here.
  await expect(saveWord(page)).not.toHaveText('Saved', { timeout: 1_200 })
  await expect(saveWord(page)).toHaveText('Saved')
})
