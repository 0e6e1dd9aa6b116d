import { type DocumentId, MentionId, randomId, type UserId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { fields } from '@weft/shared/text'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { joinChannel, type RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

const clients: RawClient[] = []
const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

interface Mention {
  userId: UserId
  mentionId: MentionId
}
const newMention = (userId: UserId): Mention => ({ userId, mentionId: MentionId.parse(randomId()) })

/** As the editor writes it: an element within the paragraph's text. */
function insertMention(doc: Y.Doc, { userId, mentionId }: Mention): void {
  const element = new Y.XmlElement('mention')
  element.setAttribute('userId', userId)
  element.setAttribute('name', 'Somebody')
  element.setAttribute('mentionId', mentionId)
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [new Y.XmlText('See '), element, new Y.XmlText(', please')])
  doc.getXmlFragment(fields.body).push([block])
}

async function started() {
  const team = await startTeam()
  const { server, ann, workspaceId, joins } = team
  servers.push(server)
  const write = async (person: TestPerson, documentId: DocumentId) => {
    const { client, address, doc } = await joinChannel(server.syncUrl, documentChannel(documentId), person)
    clients.push(client)
    return async (change: (doc: Y.Doc) => void): Promise<void> => {
      const answered = client.statuses.length
      client.update(address, edit(doc, change))
      await client.until('the acknowledgement', () => client.statuses.length > answered)
    }
  }
  const told = async (at = server) => {
    const events = await at.app.storage.read
      .selectFrom('events')
      .select(['actor_id', 'fact'])
      .where('scope', '=', workspaceId)
      .where('type', '=', 'document.mentioned')
      .orderBy('seq')
      .execute()
    return events.map(({ actor_id, fact }) => {
      const { documentId, userId, mentionId } = JSON.parse(fact)
      return { by: actor_id, documentId, userId, mentionId }
    })
  }
  const document = async (title: string) => (await ann.api.documents.create({ workspaceId, title })).id as DocumentId
  return { server, ann, workspaceId, joins, write, told, document }
}

test('[NOTIFY-4] a mention is told once: not again for undo and redo, a copy, or a copy in another document', async () => {
  const { ann, joins, write, told, document } = await started()
  const ben = await joins('Ben', 'member')
  const [one, other] = [await document('One'), await document('Other')]
  const annWrites = await write(ann, one)
  const first = newMention(ben.account.id)
  await annWrites((doc) => insertMention(doc, first))
  const fact = (mention: Mention, by: TestPerson, documentId: DocumentId) => ({
    by: by.account.id,
    documentId,
    ...mention,
  })
  await vi.waitFor(async () => expect(await told()).toEqual([fact(first, ann, one)]), 15_000)

  const bens = await write(ben, other)
  await annWrites((doc) => doc.getXmlFragment(fields.body).delete(doc.getXmlFragment(fields.body).length - 1, 1))
  await annWrites((doc) => insertMention(doc, first))
  await bens((doc) => insertMention(doc, first))
  // What comes after them is told, and they are not.
  const second = newMention(ann.account.id)
  await bens((doc) => insertMention(doc, second))
  const third = newMention(ben.account.id)
  await annWrites((doc) => insertMention(doc, third))
  await vi.waitFor(async () => expect(await told()).toHaveLength(3), 15_000)
  expect(await told()).toEqual(
    expect.arrayContaining([fact(first, ann, one), fact(second, ben, other), fact(third, ann, one)]),
  )
})

test('[NOTIFY-3] who may not see the document is not mentioned in it, whatever is written', async () => {
  const { ann, joins, write, told, document } = await started()
  const [ben, gus] = [await joins('Ben', 'member'), await joins('Gus', 'guest')]
  const documentId = await document('Plans')
  const writes = await write(ann, documentId)
  await writes((doc) => insertMention(doc, newMention(gus.account.id)))
  await writes((doc) => insertMention(doc, newMention(randomId() as UserId)))
  await writes((doc) => {
    const forged = new Y.XmlElement('mention')
    forged.setAttribute('userId', '<b>')
    forged.setAttribute('mentionId', '')
    doc.getXmlFragment(fields.body).push([forged, new Y.XmlElement('mention')])
  })
  const seen = newMention(ben.account.id)
  await writes((doc) => insertMention(doc, seen))
  await vi.waitFor(async () => expect(await told()).toHaveLength(1), 15_000)
  expect((await told())[0]).toMatchObject(seen)
})

test('[NOTIFY-4] a mention in a large paste is found, and one that nobody looked for before a restart', async () => {
  const { server, ann, joins, write, told, document } = await started()
  const ben = await joins('Ben', 'member')
  const documentId = await document('Long')
  const writes = await write(ann, documentId)
  const pasted = newMention(ben.account.id)
  await writes((doc) => {
    const block = new Y.XmlElement('paragraph')
    block.insert(0, [new Y.XmlText('word '.repeat(100_000))])
    doc.getXmlFragment(fields.body).push([block])
    insertMention(doc, pasted)
  })
  await vi.waitFor(async () => expect(await told()).toHaveLength(1), 15_000)

  // On disk, and the process ended before anybody looked.
  const unseen = newMention(ben.account.id)
  const doc = new Y.Doc()
  const update = edit(doc, (text) => insertMention(text, unseen))
  const { seq } = await server.app.storage.read
    .selectFrom('journal')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('document_id', '=', documentId)
    .executeTakeFirstOrThrow()
  const row = { documentId, seq: Number(seq) + 1, update, authorId: ann.account.id, at: Date.now() }
  await server.app.storage.appendJournal([row])
  const again = await server.restart()
  servers.splice(0, servers.length, again)
  await vi.waitFor(async () => expect(await told(again)).toHaveLength(2), 15_000)
  expect((await told(again)).map(({ mentionId }) => mentionId)).toEqual([pasted.mentionId, unseen.mentionId])
})
