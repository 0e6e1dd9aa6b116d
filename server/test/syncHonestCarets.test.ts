import { must } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { afterEach, describe, expect, it } from 'vitest'
import { removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { awarenessStates } from './rawClient.ts'
import { ProviderClient, stopProviders } from './syncProvider.ts'
import { channelOf, startSyncServer, stopAll, textOf } from './syncServer.ts'

afterEach(async () => {
  stopProviders()
  await stopAll()
})

/** The server's clocks of carets are its time in milliseconds, and a provider says again what it has heard. */
describe('[IDENT-1] a provider that says a clock of the server is honest', () => {
  it('about itself: it has heard of its own session from before, which the server still takes for open', async () => {
    const server = await startSyncServer()
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const doc = new Y.Doc()
    const [earlier, other] = [server.client(), server.client()]
    await earlier.join(channelOf(documentId), server.token(alice))
    earlier.awareness(channelOf(documentId), doc.clientID, { cursor: null })
    await other.join(channelOf(documentId), server.token(bob))
    await other.until('the caret', () => awarenessStates(other.frames).has(doc.clientID))

    const page = new ProviderClient(server.url, documentChannel(documentId), () => server.token(alice), doc)
    const awareness = must(page.provider.awareness, 'the awareness of a provider')
    await page.until('word of its own session', () => Number(awareness.meta.get(doc.clientID)?.clock) > 1e12)
    const anchor = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(doc.getText('t'), 0))
    awareness.setLocalState({ view: { anchor } })
    await other.until('the caret to move', () => awarenessStates(other.frames).get(doc.clientID)?.view)
    await earlier.end()
    doc.getText('t').insert(0, 'still here')
    await page.until('the acknowledgement', () => page.acked === page.local)
    await other.until('the text', () => textOf(other.received()) === 'still here.')
    expect(awarenessStates(other.frames).get(doc.clientID)).not.toBeNull()
    expect(page.closes).toEqual([])
  })

  it('about others: it has slept, and takes them for gone', async () => {
    const server = await startSyncServer()
    const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
    const other = server.client()
    await other.join(channelOf(documentId), server.token(bob))
    other.awareness(channelOf(documentId), 5, {})
    const page = new ProviderClient(server.url, documentChannel(documentId), () => server.token(alice))
    const awareness = must(page.provider.awareness, 'the awareness of a provider')
    await page.until('the caret of the other', () => awareness.states.has(5))
    // What an awareness does after 30 s without a word.
    removeAwarenessStates(awareness, [5], 'timeout')
    page.doc.getText('t').insert(0, 'awake ')
    await page.until('the acknowledgement', () => page.acked === page.local)
    expect(page.closes).toEqual([])
    expect(textOf(await server.stored(documentId))).toBe('awake .')
    const late = server.client()
    await late.join(channelOf(documentId, 'late'), server.token(bob))
    expect(awarenessStates(late.frames).get(5)).toMatchObject({ user: { id: bob } })
  })
})
