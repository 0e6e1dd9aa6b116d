import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomId } from '@weft/shared/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { png } from './filePictures.ts'
import { enter, killMains, startMain } from './mainProcess.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-files-'))
})
afterEach(async () => {
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})

test('[SAVE-1] kills while pictures arrive lose none that was acknowledged, and what is there is whole', async () => {
  const acknowledged = new Map<string, Buffer>()
  let sent = 0
  for (let round = 0; round < 3; round++) {
    const main = startMain(dataDir)
    const url = await main.running()
    const ann = await enter(url, round === 0 ? 'sign-up' : 'sign-in')
    const workspace = await ann.api.workspaces.create({ name: 'Looms' })
    const { id } = await ann.api.documents.create({ workspaceId: workspace.id, title: 'Pictures' })
    const enough = Promise.withResolvers<void>()
    let arrived = 0
    const sending = Array.from({ length: 40 }, async () => {
      const fileId = randomId()
      const bytes = png(300, 200, ++sent)
      const init = { method: 'PUT', body: new Uint8Array(bytes) }
      const response = await ann.fetch(`/api/v1/documents/${id}/files/${fileId}`, init).catch(() => null)
      if (response?.status !== 200) return
      acknowledged.set(fileId, bytes)
      if (++arrived === 12) enough.resolve()
    })
    await enough.promise
    await main.kill()
    await Promise.all(sending)
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(36)
  const main = startMain(dataDir)
  const ann = await enter(await main.running(), 'sign-in')
  for (const [fileId, bytes] of acknowledged) {
    const response = await ann.fetch(`/api/v1/files/${fileId}`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
  }
}, 120_000)
