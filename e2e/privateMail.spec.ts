import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './harness/team.ts'

const privateMail = (page: Page) => page.getByRole('switch', { name: 'Keep title and text out of mails' })

test('whoever manages a document keeps its words out of mails, where it is shared; the others see that it is so', async ({
  team,
}) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await anns.getByTestId('share').click()
  await expect(privateMail(anns)).not.toBeChecked()
  await privateMail(anns).check()
  expect((await new AxeBuilder({ page: anns }).analyze()).violations).toEqual([])
  const watch = `/documents/${team.documentId}/watch`
  await expect.poll(() => team.ann.call('GET', watch)).toMatchObject({ privateMail: true })
  await anns.reload()
  await anns.getByTestId('share').click()
  await expect(privateMail(anns)).toBeChecked()

  await bens.getByTestId('share').click()
  await expect(bens.getByText('Mails and pushes about this document do not say its title')).toBeVisible()
  await expect(privateMail(bens)).toHaveCount(0)
  await bens.keyboard.press('Escape')
  await privateMail(anns).uncheck()
  await expect.poll(() => team.ann.call('GET', watch)).toMatchObject({ privateMail: false })
  await bens.getByTestId('share').click()
  await expect(bens.getByText('Mails and pushes about this document')).toHaveCount(0)
})

test('the keyboard begins with the first field of the share window, though that comes later', async ({ team }) => {
  const { page } = await team.open(team.ann)
  await page.getByTestId('share').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Who can open this' })).toBeFocused()
  await privateMail(page).waitFor()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('button', { name: 'Invite people by link…' })).toBeFocused()
})
