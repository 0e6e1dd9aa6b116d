import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { UserId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { afterEach, expect, it } from 'vitest'
import { PlainClient, stopPlainClients } from './plainProvider.ts'
import { ProviderClient, stopProviders } from './syncProvider.ts'
import { startSyncServer, stopAll, textOf } from './syncServer.ts'

const children: ChildProcess[] = []
const typing: NodeJS.Timeout[] = []
afterEach(async () => {
  for (const timer of typing.splice(0)) clearInterval(timer)
  stopProviders()
  stopPlainClients()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await stopAll()
})

async function startChild(dir: string): Promise<{ url: string; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./syncChild.ts', import.meta.url)), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = await new Promise<[string]>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (text) => resolve([text]))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const { url } = JSON.parse(line) as { url: string }
  return {
    url,
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

it('[SAVE-1] SIGKILL while people type loses no acknowledged edit', async () => {
  const seed = await startSyncServer()
  const people = await Promise.all(Array.from({ length: 5 }, () => seed.member()))
  const documentId = await seed.document()
  await seed.stop()
  const name = documentChannel(documentId)

  for (let round = 0; round < 3; round++) {
    const child = await startChild(seed.dir)
    const clients = people.map(
      (person) => new ProviderClient(child.url, name, () => `${person} ${Date.now() + 600_000}`),
    )
    for (const [index, client] of clients.entries()) {
      await client.until('sync', () => client.provider.synced)
      const timer = setInterval(() => client.doc.getText('t').insert(0, `[${round}.${index}.${client.local}]`), 3)
      client.provider.on('destroy', () => clearInterval(timer))
    }
    await Promise.all(clients.map((client) => client.until('a burst of acknowledged edits', () => client.acked > 60)))
    await child.kill()
    const counts = clients.map((client) => client.acked)
    stopProviders()

    const after = await startSyncServer({ dir: seed.dir })
    const text = textOf(await after.stored(documentId))
    const live = await after.sync.texts.read(documentId, (doc) => textOf(doc))
    expect(live).toBe(text)
    for (const [index, count] of counts.entries()) {
      for (let edit = 0; edit < count; edit++) {
        const marker = `[${round}.${index}.${edit}]`
        expect(text.split(marker)).toHaveLength(2)
      }
    }
    await after.stop()
  }
})

it('[SAVE-1] [SAVE-2] SIGKILL while plain clients type loses nothing that another of them has seen', async () => {
  const seed = await startSyncServer()
  const documentId = await seed.document()
  const people = await Promise.all(Array.from({ length: 3 }, () => seed.member()))
  await seed.stop()
  const only = { documentId, role: 'edit', source: null } as const
  const tokenOf = (person: UserId) => `${person} ${Date.now() + 600_000} ${JSON.stringify(only)}`

  const child = await startChild(seed.dir)
  const clients = people.map((person) => new PlainClient(child.url, documentId, tokenOf(person)))
  for (const [index, client] of clients.entries()) {
    await client.synced()
    let typed = 0
    typing.push(setInterval(() => client.doc.getText('t').insert(0, `[${index}.${typed++}]`), 3))
  }
  const ofOthers = (client: PlainClient) =>
    clients.flatMap((other, index) =>
      other === client ? [] : (client.text.match(new RegExp(`\\[${index}\\.\\d+\\]`, 'g')) ?? []),
    )
  await Promise.all(clients.map((client) => client.until('a burst of others', () => ofOthers(client).length > 80)))
  await child.kill()
  for (const timer of typing.splice(0)) clearInterval(timer)
  const seen = clients.map((client) => ({ others: ofOthers(client), text: client.text }))

  const next = await startSyncServer({ dir: seed.dir })
  const stored = textOf(await next.stored(documentId))
  for (const { others } of seen) for (const marker of others) expect(stored.split(marker)).toHaveLength(2)

  // And what nobody had seen yet comes with its writers, who still have it.
  for (const client of clients) {
    client.provider.serverUrl = `${next.url.replace(/\/sync$/, '')}/y`
    client.breakOff()
  }
  await Promise.all(
    clients.map((client) => client.until('all words', () => clients.every(({ text }) => text === client.text))),
  )
  const own = clients.flatMap(({ text }, index) => text.match(new RegExp(`\\[${index}\\.\\d+\\]`, 'g')) ?? [])
  for (const marker of own) expect(clients[0]?.text.split(marker)).toHaveLength(2)
  for (const { text } of seen)
    for (const marker of text.match(/\[[^\]]+\]/g) ?? []) expect(clients[0]?.text).toContain(marker)
  await next.stop()
})
