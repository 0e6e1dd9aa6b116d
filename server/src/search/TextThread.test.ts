import { randomId } from '@weft/shared/kit'
import { fields, seedUpdate } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { TextThread, ThreadStopped } from './TextThread.ts'

const threads: TextThread[] = []
afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.stop())))
const started = (): TextThread => {
  const thread = new TextThread()
  threads.push(thread)
  return thread
}

test('a text is read out of its snapshot and its rows, and with it where it leads; a plain one as it is', async () => {
  const thread = started()
  const target = randomId()
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  const snapshot = Y.encodeStateAsUpdate(doc)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const text of ['warp', 'weft']) {
    const block = new Y.XmlElement('paragraph')
    const words = new Y.XmlText()
    words.insert(0, text, { link: { href: `/w/${randomId()}/d/${target}` } })
    block.insert(0, [words])
    doc.getXmlFragment(fields.body).push([block])
  }
  expect(await thread.read({ snapshot, updates })).toEqual({ body: 'warp\nweft', links: [target] })

  const plain = new Y.Doc()
  Y.applyUpdate(plain, seedUpdate('plain'))
  plain.getText(fields.text).insert(0, '# not *a* title')
  const stored = { snapshot: null, updates: [Y.encodeStateAsUpdate(plain)] }
  expect(await thread.read(stored)).toEqual({ body: '# not *a* title', links: [] })
})

test('a text that cannot be read is refused, and the next one is read', async () => {
  const thread = started()
  const broken = thread.read({ snapshot: new Uint8Array([255, 255, 255]), updates: [] })
  const whole = thread.read({ snapshot: seedUpdate('rich'), updates: [] })
  await expect(broken).rejects.toThrow()
  expect(await whole).toEqual({ body: '', links: [] })
})

test('what is under way when the server stops is refused with that', async () => {
  const thread = started()
  const underWay = thread.read({ snapshot: seedUpdate('rich'), updates: [] })
  const refused = expect(underWay).rejects.toBeInstanceOf(ThreadStopped)
  await thread.stop()
  await refused
  await expect(thread.read({ snapshot: null, updates: [] })).rejects.toBeInstanceOf(ThreadStopped)
})
