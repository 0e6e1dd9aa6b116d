import { type DocumentId, FileId, randomId, SharedLinkId, WeftError } from '@weft/shared/kit'
import { documentChannel, presenceChannel } from '@weft/shared/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { png } from './filePictures.ts'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { joinChannel, RawClient } from './rawClient.ts'

/** So that times pass as a test says. */
const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
const day = 86_400_000
const guesses = 5

let server: TestServer
let ann: TestPerson
let ben: TestPerson
let gus: TestPerson
let outsider: TestPerson
let workspaceId: Awaited<ReturnType<typeof startTeam>>['workspaceId']

beforeAll(async () => {
  const team = await startTeam({ clock, limits: { signInsPerMinute: 100_000 } })
  ;({ server, ann, workspaceId } = team)
  ben = await team.joins('Ben', 'member')
  gus = await team.joins('Gus', 'guest')
  outsider = await server.signUp('Olga')
})
afterAll(() => server.close())

const get = (path: string, init: RequestInit = {}, person?: TestPerson): Promise<Response> =>
  person === undefined
    ? fetch(`${server.url}${path}`, { redirect: 'manual', ...init })
    : person.fetch(path, { redirect: 'manual', ...init })
const pathOf = ({ url }: { url: string }): string => new URL(url).pathname

async function picture(documentId: DocumentId, fileId = randomId()): Promise<FileId> {
  const body = new Uint8Array(png(1, 1, Math.floor(Math.random() * 250)))
  const sent = await ann.fetch(`/api/v1/documents/${documentId}/files/${fileId}`, { method: 'PUT', body })
  expect(sent.status).toBe(200)
  return FileId.parse(fileId)
}

/** A document with a picture in its text, and one that it has, but shows no more. */
async function document(text = 'How to *tie* a knot.', title = 'Knots') {
  const fileId = randomId()
  const markdown = `${text}\n\n![A knot](/api/v1/files/${fileId}#1x1)`
  const { id } = await ann.api.documents.create({ workspaceId, title, markdown })
  await picture(id, fileId)
  return { documentId: id as DocumentId, fileId, hidden: await picture(id) }
}

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof WeftError) return error.id
      throw error
    },
  )

const form = (password: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: server.url },
  body: new URLSearchParams({ password }).toString(),
})
const keptBy = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? ''

describe('[ACCESS-1] each state of a link against each thing that it may open', () => {
  type State = {
    make: Partial<Parameters<TestPerson['api']['sharedLinks']['create']>[0]>
    after?: (link: { id: string; documentId: DocumentId; path: string }) => Promise<RequestInit | undefined>
    by?: () => TestPerson
    /** Of the page and of its pictures. */
    opens: 200 | 403 | 404 | 410
    /** Of the password that the state has, or of any. */
    form: 303 | 403 | 404 | 410
    before?: () => Promise<unknown>
    undo?: () => Promise<unknown>
  }
  const password = 'shuttle'
  const own = async (id: string, documentId: DocumentId) => ({ documentId, linkId: SharedLinkId.parse(id) })
  const publicLinks = (allowed: boolean) => ann.api.workspaces.setPublicLinks({ workspaceId, allowed })

  const states: Record<string, State> = {
    live: { make: {}, opens: 200, form: 303 },
    'good until tomorrow': { make: { expiresAt: Date.now() + day }, opens: 200, form: 303 },
    expired: {
      make: { expiresAt: Date.now() + day },
      after: async () => {
        clock.ahead = 2 * day
        return undefined
      },
      undo: async () => {
        clock.ahead = 0
      },
      opens: 410,
      form: 410,
    },
    ended: {
      make: {},
      after: async ({ id, documentId }) => {
        await ann.api.sharedLinks.end(await own(id, documentId))
        return undefined
      },
      opens: 410,
      form: 410,
    },
    'with a password, not given': { make: { password }, opens: 403, form: 303 },
    'with another password, not given': { make: { password: 'another one' }, opens: 403, form: 403 },
    'with a password, given': {
      make: { password },
      after: async ({ path }) => ({ headers: { cookie: keptBy(await get(path, form(password))) } }),
      opens: 200,
      form: 303,
    },
    'with a password, given before it was changed': {
      make: { password },
      after: async ({ id, documentId, path }) => {
        const cookie = keptBy(await get(path, form(password)))
        await ann.api.sharedLinks.change({ ...(await own(id, documentId)), password: 'another one' })
        return { headers: { cookie } }
      },
      opens: 403,
      form: 403,
    },
    'with a password, given long ago': {
      make: { password },
      after: async ({ path }) => {
        const cookie = keptBy(await get(path, form(password)))
        clock.ahead = day
        return { headers: { cookie } }
      },
      undo: async () => {
        clock.ahead = 0
      },
      opens: 403,
      form: 303,
    },
    'for the workspace, nobody signed in': { make: { reach: 'workspace' }, opens: 404, form: 404 },
    'for the workspace, an outsider': { make: { reach: 'workspace' }, by: () => outsider, opens: 404, form: 404 },
    'for the workspace, a guest': { make: { reach: 'workspace' }, by: () => gus, opens: 404, form: 404 },
    'for the workspace, a member': { make: { reach: 'workspace' }, by: () => ben, opens: 200, form: 303 },
    'for those who may open it, an outsider': {
      make: { reach: 'restricted' },
      by: () => outsider,
      opens: 404,
      form: 404,
    },
    'for those who may open it, a member': { make: { reach: 'restricted' }, by: () => ben, opens: 200, form: 303 },
    'where the workspace wants no public links': {
      make: {},
      after: async () => {
        await publicLinks(false)
        return undefined
      },
      undo: () => publicLinks(true),
      opens: 404,
      form: 404,
    },
    'of a document in the trash': {
      make: {},
      after: async ({ documentId }) => {
        await ann.api.documents.remove({ documentId })
        return undefined
      },
      opens: 404,
      form: 404,
    },
    'of an archived document': {
      make: {},
      after: async ({ documentId }) => {
        await ann.api.documents.archive({ documentId })
        return undefined
      },
      opens: 200,
      form: 303,
    },
  }

  test.for(Object.entries(states))('%s', async ([, state]) => {
    const { documentId, fileId, hidden } = await document()
    const other = await document('Another text', 'Another')
    const link = await ann.api.sharedLinks.create({ documentId, ...state.make })
    const path = pathOf(link)
    const who = state.by?.()
    try {
      const init = (await state.after?.({ id: link.id, documentId, path })) ?? {}
      const statusOf = async (below: string, more: RequestInit = {}) =>
        (await get(`${path}${below}`, { ...init, ...more }, who)).status
      const missing = state.opens === 200 ? 404 : state.opens
      expect({
        page: await statusOf(''),
        head: await statusOf('', { method: 'HEAD' }),
        picture: await statusOf(`/files/${fileId}`),
        'a picture that the text no longer shows': await statusOf(`/files/${hidden}`),
        "another document's picture": await statusOf(`/files/${other.fileId}`),
        'a picture that is none': await statusOf('/files/none'),
        'a picture from elsewhere that the text does not show': await statusOf('/elsewhere/aHR0cDovLzEyNy4wLjAuMS8'),
        form: (await get(path, form(password), who)).status,
        'a path of nothing': await statusOf('/export'),
      }).toEqual({
        page: state.opens,
        head: state.opens,
        picture: state.opens,
        'a picture that the text no longer shows': missing,
        "another document's picture": missing,
        'a picture that is none': missing,
        'a picture from elsewhere that the text does not show': missing,
        form: state.form,
        'a path of nothing': 404,
      })
      const text = await (await get(path, init, who)).text()
      expect(text.includes('How to <em>tie</em> a knot.')).toBe(state.opens === 200)
      if (state.opens !== 200) expect(text).not.toMatch(/knot/i)
    } finally {
      await state.undo?.()
    }
  })

  test('[ACCESS-3] an address that was made up is answered like a link that is for others', async () => {
    const { documentId } = await document()
    const path = pathOf(await ann.api.sharedLinks.create({ documentId, reach: 'workspace' }))
    const [id = '', mac = ''] = path.slice('/s/'.length).split('.')
    const made = [`/s/${randomId()}.${mac}`, `/s/${id}.${mac.slice(0, -2)}AA`, `/s/${id}`, '/s/x', `/s/${id}.`]
    const answers = await Promise.all(
      [path, ...made].map(async (one) => {
        const response = await get(one)
        const text = (await response.text()).replaceAll(encodeURIComponent(one), '')
        return JSON.stringify([response.status, text, [...response.headers.keys()]])
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('404')
  })
})

describe('[ACCESS-1] a link opens nothing else', () => {
  test('no call, no file and no channel, by whatever way its secret is sent', async () => {
    const { documentId, fileId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId, password: 'shuttle' })
    const token = pathOf(link).slice('/s/'.length)
    const cookie = keptBy(await get(pathOf(link), form('shuttle')))
    const { paths } = (await (await get('/api/v1/openapi.json')).json()) as { paths: Record<string, object> }
    // What strangers may ask of anybody: whether they can sign up, and about an invitation that they have.
    const forStrangers = ['/sign-up', '/invites/']
    const ids: Record<string, string> = { documentId, fileId, workspaceId, linkId: link.id, userId: ann.account.id }
    // What a server with an API key sends, whom this one is not: everybody else is asked who they are first.
    const body = JSON.stringify({ documentId, user: { id: 'olga', name: 'Olga' }, role: 'view', token })
    const opened: string[] = []
    for (const [template, methods] of Object.entries(paths)) {
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? randomId())
      for (const method of Object.keys(methods)) {
        const { status } = await get(`/api/v1${path}?token=${token}`, {
          method: method.toUpperCase(),
          headers: {
            authorization: `Bearer ${token}`,
            cookie: `${cookie}; weft.session_token=${token}`,
            ...(method === 'get' ? {} : { 'content-type': 'application/json', origin: server.url }),
          },
          ...(method === 'get' || method === 'delete' ? {} : { body }),
        })
        if (status !== 401) opened.push(`${method} ${template} ${status}`)
      }
    }
    expect(opened.filter((call) => !forStrangers.some((path) => call.includes(path)))).toEqual([])
    for (const channel of [documentChannel(documentId), presenceChannel(workspaceId)]) {
      const client = new RawClient(server.syncUrl, { cookie })
      await client.opened
      client.auth(`${channel}\0s`, token)
      await client.until('the refusal', () => client.of('auth')[0]?.text?.startsWith('denied:') === true)
      expect(client.of('update')).toEqual([])
      await client.end()
    }
    for (const path of ['/api/v1/files/', '/s/files/', `/s/${randomId()}/files/`])
      expect((await get(`${path}${fileId}`, { headers: { cookie } })).status).not.toBe(200)
  })

  test('what gave the password of one link is good for no other', async () => {
    const { documentId } = await document()
    const [one, two] = [
      await ann.api.sharedLinks.create({ documentId, password: 'shuttle' }),
      await ann.api.sharedLinks.create({ documentId, password: 'shuttle' }),
    ]
    const cookie = keptBy(await get(pathOf(one), form('shuttle')))
    expect((await get(pathOf(one), { headers: { cookie } })).status).toBe(200)
    expect((await get(pathOf(two), { headers: { cookie } })).status).toBe(403)
    const [until, signature] = cookie.replace('weft-link=', '').split('.')
    const later = `weft-link=${Number(until) + day}.${signature}`
    expect((await get(pathOf(one), { headers: { cookie: later } })).status).toBe(403)
  })
})

test('[LIMIT-1] guesses at a password are counted for each link and address', async () => {
  await using small = await (async () => {
    const team = await startTeam({ limits: { signInsPerMinute: guesses } })
    return { ...team, [Symbol.asyncDispose]: () => team.server.close() }
  })()
  const { id: documentId } = await small.ann.api.documents.create({ workspaceId: small.workspaceId, title: 'Secret' })
  const links = [
    await small.ann.api.sharedLinks.create({ documentId, password: 'shuttle' }),
    await small.ann.api.sharedLinks.create({ documentId, password: 'shuttle' }),
  ]
  const guess = (link: { url: string } | undefined, password: string) =>
    fetch(link?.url ?? '', {
      ...form(password),
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: small.server.url },
    })
  for (let at = 0; at < guesses; at++) expect((await guess(links[0], `guess ${at}`)).status).toBe(403)
  const refused = await guess(links[0], 'shuttle')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await guess(links[1], 'shuttle')).status).toBe(303)
})

describe('the page', () => {
  test('is whole without script, and says to chat programs what it is', async () => {
    const { documentId, fileId } = await document('Over, under, & through.', 'Knots <for> all')
    await ann.api.documents.setIcon({ documentId, icon: '🪢' })
    const link = await ann.api.sharedLinks.create({ documentId })
    const response = await get(pathOf(link))
    const text = await response.text()
    expect(text).toContain('<title>🪢 Knots &#60;for&#62; all</title>')
    expect(text).toContain('<meta property="og:title" content="Knots &#60;for&#62; all">')
    expect(text).toContain('<meta property="og:description" content="Over, under, &#38; through.">')
    expect(text).toContain(`<meta property="og:image" content="${link.url}/files/${fileId}">`)
    expect(text).toContain(`<img src="${pathOf(link)}/files/${fileId}" alt="A knot" width="1" height="1"`)
    expect(text).not.toMatch(/<script|style=/)
    expect(text).toContain('<meta name="robots" content="noindex, nofollow">')
    expect(text).not.toContain('Open in Weft')
    const headers = Object.fromEntries(response.headers)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    const shown = await get(`${pathOf(link)}/files/${fileId}`)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, no-cache',
    })
    const again = await get(`${pathOf(link)}/files/${fileId}`, {
      headers: { 'if-none-match': shown.headers.get('etag') ?? '' },
    })
    expect(again.status).toBe(304)
  })

  test('is found by search engines only where that is asked for and anyone may read it', async () => {
    const { documentId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId, indexed: true })
    const own = { documentId, linkId: link.id }
    const isListed = async () => {
      const response = await get(pathOf(link))
      return [response.headers.has('x-robots-tag'), (await response.text()).includes('noindex')]
    }
    expect(await isListed()).toEqual([false, false])
    await ann.api.sharedLinks.change({ ...own, password: 'shuttle' })
    expect(await isListed()).toEqual([true, true])
    await ann.api.sharedLinks.change({ ...own, password: null, indexed: false })
    expect(await isListed()).toEqual([true, true])
  })

  test('with a password tells nothing of the text, before it is given and in its head after', async () => {
    const { documentId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId, password: 'shuttle' })
    const asked = await (await get(pathOf(link))).text()
    expect(asked).toContain('<label for="password">Password</label>')
    expect(asked).not.toMatch(/knot|og:/i)
    const wrong = await get(pathOf(link), form('shuttles'))
    expect(await wrong.text()).toContain('role="alert"')
    expect(wrong.headers.getSetCookie()).toEqual([])
    const right = await get(pathOf(link), form('shuttle'))
    expect(right.headers.get('location')).toBe(pathOf(link))
    expect(right.headers.getSetCookie()[0]).toMatch(
      new RegExp(`^weft-link=[^;]+; Max-Age=43200; Path=${pathOf(link).replace('.', '\\.')}; HttpOnly; SameSite=Lax$`),
    )
    const read = await (await get(pathOf(link), { headers: { cookie: keptBy(right) } })).text()
    expect(read).toContain('How to <em>tie</em> a knot.')
    expect(read).not.toContain('og:')
  })

  test('takes no form from a page of somebody else', async () => {
    const { documentId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId, password: 'shuttle' })
    for (const origin of ['https://evil.example', 'null']) {
      const { status } = await get(pathOf(link), {
        ...form('shuttle'),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
      })
      expect(status).toBe(403)
    }
  })

  test('speaks German where the browser does', async () => {
    const { documentId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId, password: 'shuttle' })
    const german = { headers: { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.5' } }
    expect(await (await get(pathOf(link), german)).text()).toMatch(
      /<html lang="de">[\s\S]*Dieser Link hat ein Passwort/,
    )
    const other = { headers: { 'accept-language': 'fr' } }
    expect(await (await get(pathOf(link), other)).text()).toMatch(/<html lang="en">[\s\S]*This link has a password/)
    expect((await get(pathOf(link))).headers.get('vary')).toMatch(/accept-language/i)
  })

  test('leads those into the application who may open the document, and shows what is written now', async () => {
    const { documentId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId })
    expect(await (await get(pathOf(link), {}, ben)).text()).toContain(`<a href="/w/${workspaceId}/d/${documentId}">`)
    expect(await (await get(pathOf(link), {}, outsider)).text()).not.toContain(documentId)
    await ben.api.documents.rename({ documentId, title: 'Better knots' })
    const title = async () => /<h1>(.*)<\/h1>/.exec(await (await get(pathOf(link))).text())?.[1]
    await expect.poll(title, { timeout: 20_000 }).toBe('Better knots')
  })
})

describe('the links of a document', () => {
  test('[EVENT-4] a link that is made twice by one command is one, with the same address', async () => {
    const { documentId } = await document()
    const request = { documentId, id: SharedLinkId.parse(randomId()) }
    const commandId = randomId()
    const [one, two] = [
      await ann.api.sharedLinks.create(request, { context: { commandId } }),
      await ann.api.sharedLinks.create(request, { context: { commandId } }),
    ]
    expect(two).toEqual(one)
    const kept = await server.app.storage.read.selectFrom('commands').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(pathOf(one).split('.')[1])
    expect(await ann.api.sharedLinks.list({ documentId })).toHaveLength(1)
    expect(await refusal(ann.api.sharedLinks.create({ ...request, documentId: (await document()).documentId }))).toBe(
      'conflict',
    )
    await ann.api.sharedLinks.end({ documentId, linkId: one.id })
    expect(await refusal(ann.api.sharedLinks.create(request))).toBe('conflict')
    expect((await get(pathOf(one))).status).toBe(410)
  })

  test('two who change different things at once both get theirs; what is as it was is no event', async () => {
    const { documentId } = await document()
    const { id: linkId } = await ann.api.sharedLinks.create({ documentId })
    const expiresAt = Date.now() + day
    await Promise.all([
      ann.api.sharedLinks.change({ documentId, linkId, expiresAt }),
      ann.api.sharedLinks.change({ documentId, linkId, reach: 'workspace' }),
      ann.api.sharedLinks.change({ documentId, linkId, password: 'shuttle' }),
    ])
    expect(await ann.api.sharedLinks.list({ documentId })).toMatchObject([
      { expiresAt, reach: 'workspace', hasPassword: true },
    ])
    await ann.api.sharedLinks.change({ documentId, linkId, reach: 'workspace' })
    const facts = await server.app.storage.read
      .selectFrom('events')
      .where('fact', 'like', `%${linkId}%`)
      .select('type')
      .orderBy('seq')
      .execute()
    expect(facts.map(({ type }) => type)).toEqual(['document.link-made', ...Array(3).fill('document.link-changed')])
    const stored = await server.app.storage.read.selectFrom('shared_links').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain('shuttle')
  })

  test("[ACCESS-1] a link is not changed or ended through another document, nor by who doesn't manage its own", async () => {
    const [one, two] = [await document(), await document()]
    const { id: linkId } = await ann.api.sharedLinks.create({ documentId: one.documentId })
    const through = { documentId: two.documentId, linkId }
    expect(await refusal(ann.api.sharedLinks.change({ ...through, reach: 'restricted' }))).toBe('not-found')
    expect(await refusal(ann.api.sharedLinks.end(through))).toBe('not-found')
    expect(await refusal(ben.api.sharedLinks.list({ documentId: one.documentId }))).toBe('not-permitted')
    expect(await refusal(ben.api.sharedLinks.end({ documentId: one.documentId, linkId }))).toBe('not-permitted')
    await ann.api.documents.setAccess({ documentId: one.documentId, userId: ben.account.id, role: 'manage' })
    await ben.api.sharedLinks.end({ documentId: one.documentId, linkId })
    expect(await ann.api.sharedLinks.list({ documentId: one.documentId })).toEqual([])
  })

  test('bounds: a time that has passed, a password that is none, more links than anybody keeps apart', async () => {
    const { documentId } = await document()
    const make = (more: object = {}) => ann.api.sharedLinks.create({ documentId, ...more })
    expect(await refusal(make({ expiresAt: Date.now() - 1 }))).toBe('invalid-input')
    expect(await refusal(make({ password: 'short' }))).toBe('invalid-input')
    expect(await refusal(make({ reach: 'everyone' }))).toBe('invalid-input')
    for (let made = 0; made < 20; made++) await make()
    expect(await refusal(make())).toBe('conflict')
  })

  test('a workspace that wants no public links has none made, and lets the others be', async () => {
    const { documentId } = await document()
    const link = await ann.api.sharedLinks.create({ documentId, reach: 'workspace' })
    expect(await refusal(ben.api.workspaces.setPublicLinks({ workspaceId, allowed: false }))).toBe('not-permitted')
    expect((await ann.api.workspaces.setPublicLinks({ workspaceId, allowed: false })).publicLinks).toBe(false)
    try {
      expect(await refusal(ann.api.sharedLinks.create({ documentId }))).toBe('not-permitted')
      const change = { documentId, linkId: link.id, reach: 'anyone' } as const
      expect(await refusal(ann.api.sharedLinks.change(change))).toBe('not-permitted')
      expect((await get(pathOf(link), {}, ben)).status).toBe(200)
    } finally {
      await ann.api.workspaces.setPublicLinks({ workspaceId, allowed: true })
    }
  })

  test('open pages are told that something changed; the history says who and not how it is opened', async () => {
    const { documentId } = await document()
    const { client } = await joinChannel(server.syncUrl, presenceChannel(workspaceId), ben)
    const link = await ann.api.sharedLinks.create({ documentId })
    await expect
      .poll(() => client.of('stateless').some(({ text }) => text?.includes('shared-links')), { timeout: 20_000 })
      .toBe(true)
    await client.end()
    const told = async () => (await ben.api.activity.list({ workspaceId, documentId })).entries
    await expect
      .poll(async () => (await told()).map(({ type, detail }) => [type, detail]), { timeout: 20_000 })
      .toContainEqual(['document.link-made', { reach: 'anyone' }])
    expect(JSON.stringify(await told())).not.toContain(link.id)
  })
})
