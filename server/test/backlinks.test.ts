import type { DocumentId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { fields } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { startTeam, type TestPerson, type TestServer } from './harness.ts'
import { joinChannel, type RawClient } from './rawClient.ts'
import { edit } from './syncServer.ts'

const servers: TestServer[] = []
const clients: RawClient[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.end()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** What takes a second or two, on a busy machine. */
const patience = { timeout: 45_000, interval: 50 }

test('[ACCESS-1] a document knows which others lead to it, as long as they do, and names to each those that they may see', async () => {
  const { server, ann, workspaceId, joins } = await startTeam()
  servers.push(server)
  const ben = await joins('Ben', 'member')
  const create = async (title: string, markdown = '', parentId: DocumentId | null = null) =>
    (await ann.api.documents.create({ workspaceId, title, markdown, parentId })).id as DocumentId
  const target = await create('Target')
  const linkTo = (id: DocumentId) => `See [it](https://weft.example.org/w/${workspaceId}/d/${id}).`
  const [open, hidden] = [await create('Open', linkTo(target)), await create('Hidden', linkTo(target))]
  await create('Elsewhere', linkTo(open))
  await ann.api.documents.setRestricted({ documentId: hidden, restricted: true })
  const titles = async (person: TestPerson) =>
    (await person.api.documents.backlinks({ documentId: target })).map(({ title }) => title).toSorted()
  await expect.poll(() => titles(ann), patience).toEqual(['Hidden', 'Open'])
  expect(await titles(ben)).toEqual(['Open'])

  const { client, address, doc } = await joinChannel(server.syncUrl, documentChannel(open), ann)
  clients.push(client)
  const body = doc.getXmlFragment(fields.body)
  client.update(
    address,
    edit(doc, () => body.delete(0, body.length)),
  )
  await expect.poll(() => titles(ann), patience).toEqual(['Hidden'])
  const node = new Y.XmlElement('documentLink')
  node.setAttribute('documentId', target)
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [node])
  client.update(
    address,
    edit(doc, () => body.push([block])),
  )
  await expect.poll(() => titles(ben), patience).toEqual(['Open'])

  await ann.api.documents.remove({ documentId: open })
  expect(await titles(ben)).toEqual([])
  await ann.api.documents.setRestricted({ documentId: target, restricted: true })
  await expect(titles(ben)).rejects.toMatchObject({ id: 'not-found' })
})
