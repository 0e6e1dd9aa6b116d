import { body, expect, expectSaved, saveWord, test, write } from './harness/team.ts'

test('both write without a network, one closes the tab in between, and all of it merges', async ({ team }) => {
  const { page: anns, context: annsBrowser } = await team.open(team.ann)
  const { page: bens, context: bensBrowser } = await team.open(team.ben)
  await write(anns, 'Together. ')
  await expect(body(bens)).toContainText('Together.')
  await expectSaved(anns)

  await annsBrowser.setOffline(true)
  await bensBrowser.setOffline(true)
  await write(anns, 'Ann on the train. ')
  await write(bens, 'Ben in the cellar. ')
  await expect(saveWord(anns)).toHaveText('Offline: saved on this device')
  await expect(saveWord(bens)).toHaveText('Offline: saved on this device')
  await anns.close()

  await bensBrowser.setOffline(false)
  await expectSaved(bens)
  await expect(body(bens)).not.toContainText('Ann on the train.')

  await annsBrowser.setOffline(false)
  const again = await annsBrowser.newPage()
  await again.goto(team.path)
  await expect(body(again)).toContainText('Ann on the train.')
  await expect(body(again)).toContainText('Ben in the cellar.')
  await expectSaved(again)
  await expect(body(bens)).toContainText('Ann on the train.')
  expect(await body(again).textContent()).toBe(await body(bens).textContent())
})

test('[SAVE-8] unsent edits of documents that are not open are sent when the network is back', async ({ team }) => {
  const other = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, { title: 'Another one' })
  const { page, context } = await team.open(team.ann)
  await expectSaved(page)
  await context.setOffline(true)
  await write(page, 'Written on the way. ')
  await expect(saveWord(page)).toHaveText('Offline: saved on this device')
  await page.close()
  await context.setOffline(false)
  const elsewhere = await context.newPage()
  await elsewhere.goto(`/w/${team.workspaceId}/d/${other.id}`)
  await body(elsewhere).waitFor()
  await expect
    .poll(async () => (await team.ben.call('GET', `/documents/${team.documentId}/export`)).markdown)
    .toContain('Written on the way.')
})
