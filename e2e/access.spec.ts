import { body, expect, expectSaved, test, write } from './harness/team.ts'

test('[ACCESS-2] a removed person’s page says so, and reads nothing more', async ({ team }) => {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(anns, 'For both. ')
  await expect(body(bens)).toContainText('For both.')

  const ben = (await team.ben.call('GET', '/me')).id
  await team.ann.call('DELETE', `/workspaces/${team.workspaceId}/members/${ben}`)
  // Three times the five seconds that the rule promises: the wait's end, not a measurement.
  await expect(bens.getByText(/no longer (have access|a member)/i).first()).toBeVisible({ timeout: 15_000 })
  await write(anns, 'Only for those who stayed.')
  await expectSaved(anns)
  await expect(bens.getByText('Only for those who stayed.')).toHaveCount(0)
  await bens.reload()
  await expect(bens.getByText('For both.')).toHaveCount(0)
})

test('a read-only person reads along and cannot write', async ({ team }) => {
  const ben = (await team.ben.call('GET', '/me')).id
  await team.ann.call('PUT', `/documents/${team.documentId}/access/${ben}`, { role: 'view' })
  const { page: anns } = await team.open(team.ann)
  const context = await team.ben.openBrowser(anns.context().browser() as never)
  const bens = await context.newPage()
  await bens.goto(team.path)
  await write(anns, 'Read this.')
  await expect(bens.getByText('Read this.')).toBeVisible()
  await bens.getByText('Read this.').click()
  await bens.keyboard.type('scribble')
  await expect(bens.getByText('scribble')).toHaveCount(0)
  await expect(bens.getByText('View only').first()).toBeVisible()

  await team.ann.call('PUT', `/documents/${team.documentId}/access/${ben}`, { role: 'edit' })
  await expect(body(bens)).toHaveAttribute('contenteditable', 'true')
  await write(bens, ' And answer.')
  await expect(body(anns)).toContainText('And answer.')
  await context.close()
})

test('two people one after the other in one browser see nothing of each other’s', async ({ team, browser }) => {
  const context = await browser.newContext({ baseURL: team.server.url })
  const page = await context.newPage()
  const signIn = async (email: string) => {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill('a long enough password')
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  const secret = await team.ann.call('POST', '/workspaces', { name: 'Ann’s own' })
  const own = await team.ann.call('POST', `/workspaces/${secret.id}/documents`, {
    title: 'Diary',
    markdown: 'Nobody reads this.',
  })
  await signIn(team.ann.email)
  await page.waitForURL(/\/w\//)
  await page.goto(`/w/${secret.id}/d/${own.id}`)
  await expect(body(page)).toContainText('Nobody reads this.')
  await expectSaved(page)
  await page.getByTestId('account').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(/sign-in/)

  await signIn(team.ben.email)
  await page.waitForURL(/\/w\//)
  await expect(page.getByText('Diary')).toHaveCount(0)
  await page.goto(`/w/${secret.id}/d/${own.id}`)
  await expect(page.getByText('Nobody reads this.')).toHaveCount(0)
  const left = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    return JSON.stringify([databases.map(({ name }) => name), { ...localStorage }])
  })
  expect(left).not.toContain('Diary')
  expect(left).not.toContain(own.id)
  await context.close()
})
