import { type DocumentId, ErrorBody, randomId, type UserId, type WorkspaceId } from '@weft/shared/kit'
import {
  documentChannel,
  fallbackHeaders,
  fallbackPaths,
  presenceChannel,
  windowChannel,
  windowKinds,
} from '@weft/shared/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { channelKinds } from '../src/sync/channelKinds.ts'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { RawClient } from './rawClient.ts'

/** Routes that anybody may call; a token is not needed for them, and changes nothing. */
const forAnybody: Record<string, number> = {
  'GET /sign-up-state': 200,
  // They ask for a secret of their own, an invitation's and a key's; for an empty body they say what is missing.
  'POST /invites/preview': 400,
  'POST /embed/token': 400,
}

interface Bearer {
  token: string
  userId: UserId
}

let server: TestServer
let ann: TestPerson
let workspaceId: WorkspaceId
let documentId: DocumentId
let other: DocumentId
/** A visitor's token and one of Ann's own, who owns everything: each for the one document. */
let bearers: Record<'of a host' | 'of one’s own', Bearer>

beforeAll(async () => {
  const team = await startTeam()
  server = team.server
  ann = team.ann
  workspaceId = team.workspaceId
  documentId = (await ann.api.documents.create({ workspaceId, title: 'Shared' })).id as DocumentId
  other = (await ann.api.documents.create({ workspaceId, title: 'Other', parentId: documentId })).id as DocumentId
  const { secret } = await ann.api.embed.createKey({ workspaceId, name: 'Host', role: 'edit' })
  const answer = await fetch(`${server.url}/api/v1/embed/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ documentId, user: { id: 'ines', name: 'Ines' }, role: 'edit' }),
  })
  bearers = {
    'of a host': (await answer.json()) as Bearer,
    'of one’s own': (await ann.api.embed.ownToken({ documentId })) as Bearer,
  }
})
afterAll(() => server.close())

const kinds = ['of a host', 'of one’s own'] as const

const Paths = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** Every route there is, as the server itself lists them: JSON, streams and files. */
async function routes(): Promise<{ method: string; path: string }[]> {
  const listed = Paths.parse(await (await fetch(`${server.url}/api/v1/openapi.json`)).json())
  return Object.entries(listed.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  )
}

const filled = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'workspaceId' ? workspaceId : name === 'documentId' ? documentId : randomId(),
  )

describe.for(kinds)('[ACCESS-4] a token for one document, %s', (kind) => {
  test('opens no route of the interface, in whatever way it is brought', async () => {
    const { token } = bearers[kind]
    const all = await routes()
    expect(all.length).toBeGreaterThan(90)
    const answers: Record<string, number> = {}
    for (const { method, path } of all) {
      for (const [headers, query] of [
        [{ authorization: `Bearer ${token}` }, ''],
        [{ cookie: `better-auth.session_token=${token}; token=${token}` }, `?token=${token}`],
      ] as const) {
        const response = await fetch(`${server.url}/api/v1${filled(path)}${query}`, {
          method,
          headers: { ...headers, ...(method === 'GET' ? {} : { 'content-type': 'application/json' }) },
          ...(method === 'GET' ? {} : { body: '{}' }),
        })
        await response.body?.cancel()
        if (response.status !== 401) answers[`${method} ${path}`] = response.status
      }
    }
    expect(answers).toEqual(forAnybody)
  })

  test('opens one channel of all that there are', async () => {
    const { token, userId } = bearers[kind]
    const names: Record<keyof typeof channelKinds, string[]> = {
      doc: [documentChannel(other), documentChannel(randomId() as DocumentId)],
      presence: [presenceChannel(workspaceId)],
      window: windowKinds.flatMap((window) =>
        [userId, ann.account.id, workspaceId, documentId, other].map((id) => windowChannel(window, id)),
      ),
    }
    expect(Object.keys(names)).toEqual(Object.keys(channelKinds))
    const client = new RawClient(server.syncUrl)
    await client.opened
    const closed = [...new Set(Object.values(names).flat())]
    for (const name of closed) client.auth(`${name}\0s`, token)
    await client.until('the refusals', () => client.of('auth').length === closed.length)
    expect(new Set(client.of('auth').map(({ text }) => text))).toEqual(new Set(['denied:not-found']))
    await client.join(`${documentChannel(documentId)}\0s`, token)
    expect(client.of('auth').at(-1)?.text).toBe('read-write')
    await client.end()
  })

  test('is no cookie, no sign-in, no other token, and no way around through the fallback', async () => {
    const { token } = bearers[kind]
    const call = (path: string, headers: Record<string, string>) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      })
    const authorization = `Bearer ${token}`
    for (const path of ['/api/v1/sync/token', `/api/v1/documents/${documentId}/token`]) {
      const response = await call(path, { authorization })
      expect([path, response.status, ErrorBody.parse(await response.json()).id]).toEqual([path, 401, 'signed-out'])
    }
    const session = await fetch(`${server.url}/api/auth/get-session`, { headers: { authorization } })
    expect(await session.json()).toBeNull()
    // A session of the fallback is opened by it, as its socket is, and carries what its socket would carry.
    const opened = await call(fallbackPaths.stream, {
      authorization,
      [fallbackHeaders.session]: randomId().padEnd(22, 'x'),
    })
    expect(opened.status).toBeLessThan(500)
    await opened.body?.cancel()
  })
})
