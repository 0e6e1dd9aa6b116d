import type { EditorState, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { documentChannel } from '@weft/shared/sync'
import { fields } from '@weft/shared/text'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { builtinEnvironments } from 'vitest/runtime'
import type * as Y from 'yjs'
import { PlainClient, stopPlainClients } from './plainProvider.ts'
import { ProviderClient, stopProviders } from './syncProvider.ts'
import { startSyncServer, stopAll } from './syncServer.ts'

// The server runs beside the page: what Node has of its own stays Node's.
const nodes = Object.getOwnPropertyDescriptors(globalThis)
let leavePage = async (): Promise<void> => {}
beforeAll(async () => {
  const page = await builtinEnvironments.jsdom.setup(globalThis, {})
  leavePage = async () => page.teardown(globalThis)
  for (const [name, descriptor] of Object.entries(nodes)) {
    if (descriptor.configurable) Object.defineProperty(globalThis, name, descriptor)
  }
})
afterAll(() => leavePage())

/** What looks for its page as it is loaded. */
const loadEditor = async () => ({
  ...(await import('@tiptap/pm/state')),
  ...(await import('@tiptap/pm/view')),
  ...(await import('@weft/shared/editor')),
  ...(await import('y-prosemirror')),
  ourSyncPlugin: (await import('@tiptap/y-tiptap')).ySyncPlugin,
})

const views: EditorView[] = []
afterEach(async () => {
  for (const view of views.splice(0)) view.destroy()
  stopPlainClients()
  stopProviders()
  await stopAll()
})

const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(fields.body)
const shown = (view: EditorView): string => JSON.stringify(view.state.doc.toJSON())

it('y-prosemirror over y-websocket writes into the same document as our editor, and both show the same', async () => {
  const server = await startSyncServer()
  const [ann, ben, documentId] = [await server.member(), await server.member(), await server.document()]
  const only = { documentId, role: 'edit', source: null } as const
  const plain = new PlainClient(server.url, documentId, server.token(ben, 600_000, only))
  await plain.synced()
  const ours = new ProviderClient(server.url, documentChannel(documentId), () => server.token(ann))
  await ours.until('sync', () => ours.provider.synced)

  const { EditorState, EditorView, bodySchema, ySyncPlugin, yCursorPlugin, ourSyncPlugin } = await loadEditor()
  const editorOn = (plugins: Plugin[]): EditorView => {
    const place = document.body.appendChild(document.createElement('div'))
    const state: EditorState = EditorState.create({ schema: bodySchema, plugins })
    const view = new EditorView(place, { state })
    views.push(view)
    return view
  }
  const theirView = editorOn([ySyncPlugin(bodyOf(plain.doc)), yCursorPlugin(plain.provider.awareness)])
  const ourView = editorOn([ourSyncPlugin(bodyOf(ours.doc))])
  const same = () => shown(theirView) === shown(ourView)
  const { heading, paragraph, bulletList, listItem } = bodySchema.nodes
  if (!heading || !paragraph || !bulletList || !listItem) throw new Error('the schema is another one')

  const item = (words: string) => listItem.create(null, paragraph.create(null, bodySchema.text(words)))
  theirView.dispatch(
    theirView.state.tr.replaceWith(0, theirView.state.doc.content.size, [
      heading.create({ level: 2 }, bodySchema.text('Written elsewhere')),
      bulletList.create(null, [item('one'), item('two')]),
      paragraph.create(null, bodySchema.text('end')),
    ]),
  )
  await ours.until('their blocks', () => same() && ourView.state.doc.textContent.startsWith('Written elsewhere'))

  // Each in the same paragraph, at once.
  const end = (view: EditorView) => view.state.doc.content.size - 1
  ourView.dispatch(ourView.state.tr.insertText(' ours', end(ourView)))
  theirView.dispatch(
    theirView.state.tr.addMark(1, 8, bodySchema.mark('bold')).insertText('theirs ', end(theirView) - 3),
  )
  await ours.until('both', () => same() && ourView.state.doc.textContent.includes('theirs end ours'))
  expect(shown(ourView)).toContain('"marks":[{"type":"bold"}]')
  expect(shown(ourView)).toContain('Written')
  expect(plain.closes).toEqual([])
})
