import type { DocumentId, UserId } from '@weft/shared/kit'
import { afterEach, expect, test } from 'vitest'
import { channelOf, type SyncServer, startSyncServer, stopAll, type } from './syncServer.ts'

afterEach(stopAll)

/** Writes `words` into a document over a socket of its own; the reason of the refusal, or null. */
async function write(server: SyncServer, user: UserId, documentId: DocumentId, words: string): Promise<string | null> {
  const client = server.client()
  const address = channelOf(documentId)
  const text = await client.join(address, server.token(user))
  client.update(address, type(text, words))
  await client.until('an answer', () => client.statuses.length === 2)
  const reason = client.statuses[1] === true ? null : await client.channelClose()
  await client.end()
  return reason
}

test('[LIMIT-1] a workspace takes no more bytes than it may, over all of its documents and over a restart', async () => {
  const limits = { workspaceBytes: 3_000 }
  const server = await startSyncServer({ limits })
  const alice = await server.member()
  const [one, two] = [await server.document(), await server.document()]
  expect(await write(server, alice, one, 'x'.repeat(1_000))).toBeNull()
  expect(await write(server, alice, two, 'y'.repeat(1_000))).toBeNull()
  expect(await write(server, alice, one, 'z'.repeat(1_500))).toBe('workspace-full')
  expect((await server.stored(one)).getText('t').toString()).not.toContain('z')
  expect(await write(server, alice, two, 'short')).toBeNull()
  await expect(
    server.sync.texts.edit(two, { userId: alice, commandId: null }, (text) =>
      text.getText('t').insert(0, 'w'.repeat(1_500)),
    ),
  ).rejects.toMatchObject({ id: 'workspace-full' })
  await server.stop()

  const again = await startSyncServer({ dir: server.dir, limits })
  expect(await write(again, alice, one, 'z'.repeat(1_500))).toBe('workspace-full')
  await again.stop()
  const larger = await startSyncServer({ dir: server.dir, limits: { workspaceBytes: 10_000 } })
  expect(await write(larger, alice, one, 'z'.repeat(1_500))).toBeNull()
})
