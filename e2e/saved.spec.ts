import type { Page } from '@playwright/test'
import { body, expect, saveWord, test } from './harness/team.ts'

/** Holds what the server says for `delay` ms, and tells how many acknowledgements are owed at any moment. */
async function slowAnswers(page: Page, delay: number) {
  let sockets: { close: () => Promise<void> }[] = []
  await page.routeWebSocket(/\/sync/, (client) => {
    const server = client.connectToServer()
    server.onMessage((message) => {
      setTimeout(() => client.send(message), delay)
    })
    client.onMessage((message) => server.send(message))
    sockets.push(client)
  })
  return {
    cut: async () => {
      const open = sockets
      sockets = []
      for (const socket of open) await socket.close().catch(() => undefined)
    },
  }
}

test('[SAVE-6] "Saved" is never shown while something is unacknowledged, over delays and reconnects', async ({
  team,
}) => {
  const { context } = await team.open(team.ann)
  const page = await context.newPage()
  const line = await slowAnswers(page, 500)
  await page.goto(team.path)
  await body(page).waitFor()
  await expect(saveWord(page)).toHaveText('Saved')
  await body(page).click()

  for (let round = 0; round < 8; round++) {
    const word = `round${round}x`
    await page.keyboard.type(`${word} `)
    if (round % 3 === 1) await line.cut()
    // The moment in which the page says "Saved", the server must have the word on disk.
    await expect(saveWord(page)).toHaveText('Saved', { timeout: 45_000 })
    const { markdown } = await team.ann.call('GET', `/documents/${team.documentId}/export`)
    expect(markdown).toContain(word)
  }
})

test('[SAVE-6] the word leaves "Saved" with the first key, before the server has answered', async ({ team }) => {
  const { context } = await team.open(team.ann)
  const page = await context.newPage()
  await slowAnswers(page, 1_500)
  await page.goto(team.path)
  await body(page).waitFor()
  await expect(saveWord(page)).toHaveText('Saved')
  await body(page).click()
  await page.keyboard.type('k')
  // Well below the delay of the answer, so that only a false "Saved" could stand here.
  await expect(saveWord(page)).not.toHaveText('Saved', { timeout: 1_200 })
  await expect(saveWord(page)).toHaveText('Saved')
})
