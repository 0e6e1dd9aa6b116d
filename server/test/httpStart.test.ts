import { once } from 'node:events'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { killMains, startMain } from './mainProcess.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'weft-start-'))
})
afterEach(async () => {
  killMains()
  await rm(dataDir, { recursive: true, force: true })
})
const start = (env: Record<string, string>) => startMain(dataDir, env)

test.for([
  [{ PORT: 'http' }, /^PORT must be a whole number\.$/],
  [{ PORT: '70000' }, /^PORT must be at most 65535\.$/],
  [{ PUBLIC_URL: 'weft.example.org' }, /^PUBLIC_URL must be an address/],
  [{ PUBLIC_URL: 'https://weft.example.org/docs' }, /^PUBLIC_URL must have no path/],
  [{ SIGN_UP: 'anybody' }, /^SIGN_UP must be "invited" or "open"\.$/],
  [{ SECRET: 'short' }, /^SECRET must have at least 32 characters\.$/],
  [{ TRUST_PROXY: 'everybody' }, /^TRUST_PROXY must list addresses/],
  [{ LIMIT_FRAME_BYTES: '-1' }, /^LIMIT_FRAME_BYTES must be a whole number \(bytes\)\.$/],
  [{ LIMIT_NOTHING: '1' }, /^LIMIT_NOTHING is no limit of Weft/],
  [{ DATABASE_URL: 'postgres://x' }, /^DATABASE_URL is not supported yet/],
  [{ REDIS_URL: 'redis://x' }, /^REDIS_URL is not supported yet/],
  [{ OIDC_CLIENT_ID: 'weft' }, /belong together/],
  [{ DATA_DIR: '/proc/weft' }, /^The directory \/proc\/weft cannot be written \(ENOENT\)/],
  [{ HOST: '203.0.113.7' }, /^203\.0\.113\.7 is no address of this machine/],
] as const)('%o stops the start with one sentence and exit code 1', async ([env, sentence]) => {
  const { code, out, err } = await start(env).ended
  expect(err.trimEnd()).toMatch(sentence)
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect({ code, out }).toEqual({ code: 1, out: '' })
})

test('a port in use stops the start with one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, err } = await start({ PORT: String(port) }).ended
  other.close()
  expect(err).toBe(`Port ${port} on 127.0.0.1 is in use: stop what uses it, or set PORT to another one.\n`)
  expect(code).toBe(1)
})

test('a data directory that is a file stops the start with one sentence', async () => {
  const path = join(dataDir, 'file')
  await writeFile(path, '')
  await chmod(path, 0o600)
  const { code, err } = await start({ DATA_DIR: path }).ended
  expect([code, err.trimEnd()]).toEqual([1, expect.stringMatching(/^The directory .* cannot be written \(ENOTDIR\)/)])
})

test('it prints its address, keeps its secret to itself, and ends with 0 on SIGTERM', async () => {
  const { child, running, ended } = start({})
  const url = await running()
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, saving: 'working' })
  const { mode, size } = await stat(join(dataDir, 'secret'))
  expect([(mode & 0o777).toString(8), size]).toEqual(['600', 43])
  child.kill('SIGTERM')
  expect(await ended).toMatchObject({ code: 0, err: '' })
})

test('it says what plain HTTP on another host costs', async () => {
  const { child, running, ended } = start({ PUBLIC_URL: 'http://weft.example.org' })
  expect(await running()).toBe('http://weft.example.org')
  child.kill('SIGINT')
  expect((await ended).out).toContain('plain HTTP')
})
