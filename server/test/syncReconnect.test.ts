import { documentChannel } from '@weft/shared/sync'
import { afterEach, expect, it } from 'vitest'
import { type DelayProxy, startDelayProxy } from './delayProxy.ts'
import { ProviderClient, stopProviders } from './syncProvider.ts'
import { startSyncServer, stopAll, textOf } from './syncServer.ts'

const proxies: DelayProxy[] = []
afterEach(async () => {
  stopProviders()
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()))
  await stopAll()
})

it.each([50, 150])('[SAVE-3] typing while reconnecting at %i ms loses nothing and closes nothing', async (delay) => {
  const server = await startSyncServer()
  const [alice, bob, documentId] = [await server.member(), await server.member(), await server.document()]
  const proxy = await startDelayProxy(server.url, delay)
  proxies.push(proxy)
  const name = documentChannel(documentId)
  const a = new ProviderClient(proxy.url, name, () => server.token(alice))
  const b = new ProviderClient(server.url, name, () => server.token(bob))
  await a.until('the first sync', () => a.provider.synced && b.provider.synced)

  const words = a.doc.getText('t')
  for (let round = 0; round < 2; round++) {
    proxy.refusing = true
    proxy.cut()
    await a.until('the cut', () => !a.provider.synced)
    for (let i = 0; i < 20; i++) words.insert(words.length, `o${i} `)
    proxy.refusing = false
    // A key every 20 ms, through the whole of the reconnect and a while after it.
    const keys = setInterval(() => words.insert(words.length, 'k'), 20)
    await a.until('the reconnect', () => a.provider.synced)
    await a.until('keys after the reconnect', () => a.acked > 20 * (round + 1))
    clearInterval(keys)
    await a.until('all is saved', () => a.acked === a.local)
    expect(textOf(await server.stored(documentId))).toBe(textOf(a.doc))
  }
  await b.until('the other has it', () => textOf(b.doc) === textOf(a.doc))
  expect(a.refusals).toBe(0)
  expect(a.closes.filter((reason) => reason === 'missing-dependencies')).toEqual([])
})

it('[ACCESS-2] tells a provider of its refusal and of its end', async () => {
  const server = await startSyncServer()
  const [alice, documentId] = [await server.member(), await server.document()]
  const client = new ProviderClient(server.url, documentChannel(documentId), () => server.token(alice))
  const words: string[] = []
  client.provider.on('stateless', ({ payload }: { payload: string }) => words.push(payload))
  await client.until('sync', () => client.provider.synced)
  await server.grant(documentId, alice, 'view')
  await client.until('the demotion', () => words.some((word) => word.includes('"mayWrite":false')))
  client.doc.getText('t').insert(0, 'x')
  await client.until('the refusal', () => client.refusals === 1)
  await server.removeMember(alice)
  await client.until('the close', () => client.closes.includes('access-removed'))
  expect(textOf(await server.stored(documentId))).toBe('.')
})
