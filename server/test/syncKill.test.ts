import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { documentChannel } from '@weft/shared/sync'
import { afterEach, expect, it } from 'vitest'
import { ProviderClient, stopProviders } from './syncProvider.ts'
import { startSyncServer, stopAll, textOf } from './syncServer.ts'

const children: ChildProcess[] = []
afterEach(async () => {
  stopProviders()
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
