import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { png } from '../server/test/filePictures.ts'
import { body, expect, test, title } from './harness/team.ts'

/** Files from the desktop, let go over the sidebar. */
async function drop(page: Page, files: Record<string, Uint8Array>): Promise<void> {
  const given = Object.entries(files).map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      transfer.items.add(new File([bytes], name))
    }
    return transfer
  }, given)
  const tree = page.getByTestId('document-tree')
  await tree.dispatchEvent('dragover', { dataTransfer })
  await tree.dispatchEvent('drop', { dataTransfer })
}

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name })

test('an archive of Markdown becomes documents with their pictures and links, and says what it left out', async ({
  team,
}) => {
  const [{ page: anns }, { page: bens }] = [await team.open(team.ann), await team.open(team.ben)]
  await drop(anns, {
    'notes.zip': zipSync({
      'guide/README.md': strToU8('# The guide\n\nSee [how to set up](setup.md).\n\n![A loom](img/loom.png)\n'),
      'guide/setup.md': strToU8('# Setting up\n\nBack to [the guide](./README.md#top).\n'),
      'guide/img/loom.png': png(320, 160, 3),
      '../outside.md': strToU8('no'),
      'run.exe': strToU8('no'),
    }),
  })
  const over = dialog(anns, 'Imported')
  await expect(over).toContainText('2 documents were made. Pictures: 1.')
  await expect(over.getByRole('listitem')).toHaveText([
    /outside\.md.*leads out of the archive/,
    /run\.exe.*Only Markdown/,
  ])
  expect((await new AxeBuilder({ page: anns }).analyze()).violations).toEqual([])
  await over.getByRole('button', { name: 'Open the first one' }).click()
  await expect(title(anns)).toHaveText('The guide')
  const picture = body(anns).getByRole('img', { name: 'A loom' })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)

  // The other one sees them come, one below the other, and the links lead from one to the other.
  const tree = bens.getByTestId('document-tree')
  await tree.getByRole('link', { name: 'The guide' }).click()
  await expect(title(bens)).toHaveText('The guide')
  await body(bens).getByRole('link', { name: 'Setting up' }).click()
  await expect(title(bens)).toHaveText('Setting up')
  await expect(tree.getByRole('link', { name: 'Setting up' })).toHaveAttribute('aria-current', 'page')

  // One that takes long can be given up; what was made by then stays.
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`many/${i}.md`, strToU8(`Text ${i}`)]))
  await drop(anns, { 'many.zip': zipSync(many) })
  await expect(dialog(anns, 'Making documents')).toContainText(/[1-9]\d* of 201 documents/)
  await anns.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(anns, 'Import cancelled')).toBeVisible()
  const list = (await team.ann.call('GET', `/workspaces/${team.workspaceId}/documents`)) as unknown as unknown[]
  expect(list.length).toBeGreaterThan(3)
  expect(list.length).toBeLessThan(204)

  // What is no archive is said, and nothing is made.
  await anns.getByRole('button', { name: 'Close' }).last().click()
  await drop(anns, { 'broken.zip': strToU8('this is no archive') })
  await expect(dialog(anns, 'Imported')).toContainText('No document was made.')
  await expect(dialog(anns, 'Imported').getByRole('listitem')).toHaveText([/broken\.zip.*damaged/])
})
