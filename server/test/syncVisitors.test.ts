import type { DocumentRole } from '@weft/shared/documents'
import type { DocumentId, UserId } from '@weft/shared/kit'
import { presenceChannel, windowChannel, windowKinds } from '@weft/shared/sync'
import { afterEach, describe, expect, it } from 'vitest'
import type { VisitSource } from '../src/auth/index.ts'
import { channelOf, edit, startSyncServer, stopAll, textOf, type, userId } from './syncServer.ts'

afterEach(stopAll)

const source: VisitSource = { kind: 'key', id: 'a-key' }

/** A server on which something gives `given.role` on each document of `given.on`. */
async function startHost() {
  const given: { role: DocumentRole | null; on: Set<DocumentId> } = { role: 'edit', on: new Set() }
  const server = await startSyncServer({
    deps: {
      sourceRole: async ({ id }, documentId) => (id === source.id && given.on.has(documentId) ? given.role : null),
    },
  })
  const [documentId, other] = [await server.document(), await server.document()]
  given.on.add(documentId).add(other)
  const visitor = userId()
  const token = (role: DocumentRole = 'edit', ms = 600_000, whose: UserId = visitor) =>
    server.token(whose, ms, { documentId, role, source })
  return { server, given, documentId, other, visitor, token }
}

describe('[ACCESS-4] a token for one document', () => {
  it('opens that document for a visitor, who writes in their own name', async () => {
    const { server, documentId, visitor, token } = await startHost()
    const client = server.client()
    const text = await client.join(channelOf(documentId), token())
    client.update(channelOf(documentId), type(text, 'hi'))
    await client.until('the answer', () => client.statuses.length === 2)
    expect(textOf(await server.stored(documentId))).toBe('.hi')
    expect((await server.rows(documentId)).at(-1)?.author_id).toBe(visitor)
  })

  it("opens no other channel of any kind, for a visitor or with a member's own", async () => {
    const { server, documentId, other, visitor, token } = await startHost()
    const member = await server.member('owner')
    for (const [whose, bearer] of [
      [visitor, token()],
      [member, server.token(member, 600_000, { documentId, role: 'edit', source: null })],
    ] as const) {
      const windows = windowKinds.flatMap((kind) => [
        windowChannel(kind, whose),
        windowChannel(kind, documentId),
        windowChannel(kind, server.workspaceId),
      ])
      const closed = [channelOf(other), presenceChannel(server.workspaceId), ...windows]
      const client = server.client()
      await client.opened
      for (const address of closed) client.auth(address, bearer)
      await client.until('the refusals', () => client.of('auth').length === closed.length)
      expect(client.of('auth').map((frame) => frame.text)).toEqual(closed.map(() => 'denied:not-found'))
      await client.join(channelOf(documentId), bearer)
    }
  })

  it('gives no more than its source gives, and no more than it says itself', async () => {
    const { server, given, documentId, token } = await startHost()
    const may = async (bearer: string) => {
      const client = server.client()
      await client.join(channelOf(documentId), bearer)
      return client.of('auth').at(-1)?.text
    }
    expect(await may(token('edit'))).toBe('read-write')
    expect(await may(token('view'))).toBe('readonly')
    given.role = 'suggest'
    expect(await may(token('edit'))).toBe('readonly')
    const member = await server.member()
    const own = { documentId, role: 'view', source: null } as const
    expect(await may(server.token(member, 600_000, own))).toBe('readonly')
    await server.grant(documentId, member, 'view')
    expect(await may(server.token(member, 600_000, { ...own, role: 'edit' }))).toBe('readonly')
  })

  it('is answered like nowhere when its source gives nothing, or to a person who may not see it', async () => {
    const { server, given, documentId, token } = await startHost()
    given.on.delete(documentId)
    const guest = await server.member('guest')
    for (const bearer of [token(), server.token(guest, 600_000, { documentId, role: 'edit', source: null })]) {
      const client = server.client()
      await client.opened
      client.auth(channelOf(documentId), bearer)
      await client.until('the refusal', () => client.of('auth').length === 1)
      expect(client.of('auth')[0]?.text).toBe('denied:not-found')
    }
  })

  it('closes a socket on which another one comes: of another person, for another document, or for all', async () => {
    const { server, documentId, other, visitor, token } = await startHost()
    const member = await server.member()
    const own = { documentId, role: 'edit', source: null } as const
    const pairs = [
      [token(), token('edit', 600_000, userId())],
      [token(), server.token(visitor, 600_000, { documentId: other, role: 'edit', source })],
      [server.token(member, 600_000, own), server.token(member)],
      [server.token(member), server.token(member, 600_000, own)],
    ] as const
    for (const [first, second] of pairs) {
      const client = server.client()
      await client.join(channelOf(documentId), first)
      client.auth(channelOf(documentId, 'second'), second)
      expect(await client.socketClose()).toEqual({ code: 4402, reason: 'signed-out' })
    }
  })

  it('is renewed on its socket; one that gives less takes the right to write at once', async () => {
    const { server, documentId, token } = await startHost()
    const client = server.client()
    const text = await client.join(channelOf(documentId), token('edit', 300_000))
    client.auth(channelOf(documentId), token('view', 600_000))
    const words = () => client.of('stateless').map((frame) => JSON.parse(frame.text))
    await client.until('the word', () => words().length === 2)
    expect(words()[1]).toEqual({ type: 'access', mayWrite: false })
    client.update(channelOf(documentId), type(text, 'late'))
    await client.until('the refusal', () => client.statuses.length === 2)
    expect(client.statuses[1]).toBe(false)
    expect(textOf(await server.stored(documentId))).toBe('.')
  })

  it('[ACCESS-2] is looked at again when its document is', async () => {
    const { server, given, documentId, token } = await startHost()
    const client = server.client()
    const text = await client.join(channelOf(documentId), token())
    given.on.delete(documentId)
    server.events.onEvent(() =>
      client.update(
        channelOf(documentId),
        edit(text, (doc) => doc.getText('t').insert(0, 'x')),
      ),
    )
    await server.removeDocument(documentId)
    expect(await client.channelClose()).toBe('access-removed')
    expect(textOf(await server.stored(documentId))).toBe('.')
  })
})
