import { must } from '@weft/shared/kit'
import { findNginx } from '../scripts/nginx.ts'
import { body, expect, expectSaved, saveWord, type Team, test, write } from './harness/team.ts'

test.skip(findNginx() === null, 'nginx is not installed; NGINX_PATH may say where it is.')

// Between nginx and the server, it counts what arrives.
test.use({ behindProxy: true })

const blocked = 'WebSockets do not get through your network'
const heldBack = 'holds answers back'

/** Two browsers write one text and see each other's carets; what their pages say of the way they take. */
async function writeTogether(team: Team): Promise<string> {
  const { page: anns } = await team.open(team.ann)
  const { page: bens } = await team.open(team.ben)
  await write(anns, 'Ann was here. ')
  await expect(body(bens)).toContainText('Ann was here.')
  await write(bens, 'Ben too. ')
  await expect(body(anns)).toContainText('Ann was here. Ben too.')
  await expect(anns.locator('.weft-caret').filter({ hasText: 'Ben' })).toBeAttached()
  await expect(bens.locator('.weft-caret').filter({ hasText: 'Ann' })).toBeAttached()
  await expectSaved(anns)
  await expectSaved(bens)
  await saveWord(anns).click()
  const details = anns.getByRole('dialog')
  await expect(details).toContainText('The server has stored every change')
  return (await details.textContent()) ?? ''
}

test.describe('behind nginx with the lines of the guide', () => {
  test.use({ behindNginx: 'as-documented' })

  test('pages use WebSockets', async ({ team }) => {
    const said = await writeTogether(team)
    expect(said).not.toContain(blocked)
    expect(said).not.toContain(heldBack)
    const { seen } = must(team.proxy, 'the proxy')
    expect(seen.upgrades).toBeGreaterThanOrEqual(2)
    expect(seen.streams).toBe(0)
  })

  test('a text of more than a megabyte is imported, and plain HTTP is sent on', async ({ team }) => {
    const paragraph = `${'The weft goes over and under the warp. '.repeat(50)}\n\n`
    const long = { title: 'Long', markdown: paragraph.repeat(600) }
    const imported = await team.ann.call('POST', `/workspaces/${team.workspaceId}/documents`, long)
    expect(imported.id).toBeTruthy()
    const answer = await fetch(must(team.nginx, 'nginx').plainUrl, { redirect: 'manual' })
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toMatch(/^https:/)
  })
})

test.describe('behind nginx that passes no upgrades on', () => {
  test.use({ behindNginx: 'no-upgrades' })

  test('pages use streams, and say why', async ({ team }) => {
    const said = await writeTogether(team)
    expect(said).toContain(blocked)
    expect(must(team.proxy, 'the proxy').seen).toMatchObject({ upgrades: 0, open: 2 })
  })
})

test.describe('behind nginx that passes no upgrades on, and collects and compresses answers', () => {
  test.use({ behindNginx: 'holds-back' })

  test('pages poll, and say why', async ({ team }) => {
    const said = await writeTogether(team)
    expect(said).toContain(heldBack)
    expect(must(team.proxy, 'the proxy').seen).toMatchObject({ upgrades: 0, open: 0 })
  })
})
