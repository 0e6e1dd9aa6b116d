import { presenceChannel } from '@weft/shared/sync'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTeam, type TestPerson } from './harness.ts'
import { onePixel } from './onePixel.ts'
import { joinChannel } from './rawClient.ts'

let team: Awaited<ReturnType<typeof startTeam>>
beforeEach(async () => {
  team = await startTeam()
})
afterEach(() => team.server.close())

/** A header of a picture that says it is so large, and nothing behind it. */
function png(width: number, height: number): string {
  const bytes = Buffer.from(onePixel, 'base64')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes.toString('base64')
}

function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number, flags = 0): string {
  const bytes = Buffer.alloc(40)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(32, 4)
  bytes.write(`WEBP${kind}`, 8)
  if (kind === 'VP8 ') {
    bytes.writeUIntBE(0x9d012a, 23, 3)
    bytes.writeUInt16LE(width, 26)
    bytes.writeUInt16LE(height, 28)
  } else if (kind === 'VP8L') {
    bytes.writeUInt8(0x2f, 20)
    bytes.writeUInt32LE((width - 1) | ((height - 1) << 14), 21)
  } else {
    bytes.writeUInt8(flags, 20)
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
  }
  return bytes.toString('base64')
}

const rows = () => team.server.app.storage.read.selectFrom('pictures').select('id').execute()
const read = (who: Pick<TestPerson, 'fetch'>, image: string | null) => who.fetch(image ?? '/none')

test('a picture is served safely, to whoever is signed in, under an address that changes with it', async () => {
  const { server, ann, workspaceId, joins } = team
  const ben = await joins('Ben', 'member')
  const { client } = await joinChannel(server.syncUrl, presenceChannel(workspaceId), ben)
  const heard = client.of('stateless').length
  const { image } = await ann.api.auth.setPicture({ data: onePixel })
  await client.until('the word', () => client.of('stateless').length > heard)
  await client.end()
  expect(await ben.api.workspaces.members({ workspaceId })).toContainEqual(
    expect.objectContaining({ name: 'Ann', image }),
  )

  const answer = await read(ben, image)
  expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(onePixel)
  const header = (name: string) => answer.headers.get(name)
  expect(header('content-type')).toBe('image/png')
  expect(header('cache-control')).toMatch(/^private, .*immutable$/)
  expect(header('x-content-type-options')).toBe('nosniff')
  expect(header('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect((await fetch(server.url + image)).status).toBe(401)

  const next = await ann.api.auth.setPicture({ data: png(256, 256) })
  expect(next.image).not.toBe(image)
  expect((await read(ben, image)).status).toBe(404)
  expect(await rows()).toHaveLength(1)
  expect(await ann.api.auth.clearPicture()).toMatchObject({ image: null })
  expect(await rows()).toEqual([])
})

test('[LIMIT-1] what an upload is says its content: nothing but a small still WebP or PNG is taken', async () => {
  const { api } = team.ann
  const set = (data: string) => api.auth.setPicture({ data })
  for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const) {
    const { image } = await set(webp(kind, 256, 256))
    expect((await read(team.ann, image)).headers.get('content-type')).toBe('image/webp')
    await expect(set(webp(kind, 257, 10))).rejects.toMatchObject({ id: 'too-large' })
    await expect(set(webp(kind, 10, 257))).rejects.toMatchObject({ id: 'too-large' })
  }
  const kept = await rows()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>').toString('base64')
  for (const data of [svg, 'AAAA', '', onePixel.slice(0, 20), png(0, 1), webp('VP8X', 10, 10, 2), 'not base64']) {
    await expect(set(data)).rejects.toMatchObject({ id: 'invalid-input' })
  }
  await expect(set(png(20_000, 20_000))).rejects.toMatchObject({ id: 'too-large' })
  const heavy = Buffer.concat([Buffer.from(onePixel, 'base64'), Buffer.alloc(150_000)]).toString('base64')
  await expect(set(heavy)).rejects.toMatchObject({ id: 'invalid-input' })
  expect(await rows()).toEqual(kept)
})

test('nobody takes the picture of another as their own by its address', async () => {
  const { ann, joins } = team
  const ben = await joins('Ben', 'member')
  const { image } = await ann.api.auth.setPicture({ data: onePixel })
  const answer = await ben.fetch('/api/auth/update-user', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ image }),
  })
  expect(answer.status).toBe(400)
  await ben.api.auth.setPicture({ data: onePixel })
  await ben.api.auth.clearPicture()
  expect((await read(ann, image)).status).toBe(200)
})

test('a workspace has a picture too, which its members see', async () => {
  const { ann, workspaceId, joins } = team
  const ben = await joins('Ben', 'member')
  expect(await ben.api.workspaces.get({ workspaceId })).toMatchObject({ image: null })
  const { image } = await ann.api.workspaces.setPicture({ workspaceId, data: onePixel })
  expect(await ben.api.workspaces.list()).toMatchObject([{ image }])
  expect((await read(ben, image)).status).toBe(200)
  expect(await ann.api.workspaces.clearPicture({ workspaceId })).toMatchObject({ image: null })
  expect(await rows()).toEqual([])
})
