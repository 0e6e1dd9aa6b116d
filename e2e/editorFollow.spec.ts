import { body, expect, test } from './harness/team.ts'

test('following a person scrolls along, shows their colour, and ends with any key', async ({ team }) => {
  const lines = Array.from({ length: 120 }, (_, i) => `Paragraph number ${i + 1}.`)
  const made = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, {
    title: 'Long',
    markdown: lines.join('\n\n'),
  })
  const path = `/w/${team.workspaceId}/d/${made.id}`
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await anns.goto(path)
  await bens.goto(path)
  const line = (page: typeof anns, number: number) => body(page).getByText(`Paragraph number ${number}.`)
  await line(anns, 1).waitFor()
  await line(bens, 1).waitFor()

  const avatar = bens.getByTestId('presence-avatar').filter({ hasText: 'A' })
  await avatar.click()
  const border = bens.getByTestId('follow-border')
  await expect(border).toBeVisible()
  await expect(border).toContainText('Ann')
  const color = await border.evaluate((element) => getComputedStyle(element).borderTopColor)
  expect(await border.getByRole('button').evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(color)

  await line(anns, 60).scrollIntoViewIfNeeded()
  await line(anns, 90).scrollIntoViewIfNeeded()
  await expect(line(bens, 85)).toBeInViewport()
  await line(anns, 20).scrollIntoViewIfNeeded()
  await expect(line(bens, 22)).toBeInViewport()

  await bens.keyboard.press('Shift')
  await expect(border).toHaveCount(0)
  await line(anns, 110).scrollIntoViewIfNeeded()
  await expect(line(anns, 110)).toBeInViewport()
  await expect(line(bens, 22)).toBeInViewport()
})
