import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { cookieOf, emailOf, password, personWith } from './harness.ts'

const script = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const children: ChildProcess[] = []

/** For `afterEach`. */
export function killMains(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL')
}

/** The server as an operator starts it: a process of its own, on a free port unless `env` says otherwise. */
export function startMain(dataDir: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const output = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk))
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  return {
    child,
    ended,
    /** Resolves with the address that it prints. */
    async running(): Promise<string> {
      while (!output.out.includes('\n'))
        await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error(output.err)))])
      return /^Weft is running at (\S+)\n/.exec(output.out)?.[1] ?? output.out
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Ann, who signs up there first, and in again after each restart. */
export async function enter(url: string, how: 'sign-up' | 'sign-in') {
  const response = await fetch(`${url}/api/auth/${how}/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ann', email: emailOf('Ann'), password }),
  })
  expect(response.status).toBe(200)
  return personWith(url, url, 'Ann', cookieOf(response))
}
