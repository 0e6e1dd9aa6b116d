import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitUnless, projectRoot } from './run.ts'

// The README's commands as a newcomer runs them: a fresh clone, an empty home, nothing of this checkout's install.
// `pnpm newcomer` times the start; `pnpm newcomer --test` runs the tests there too.

const place = mkdtempSync(join(tmpdir(), 'weft-newcomer-'))
const home = join(place, 'home')
const clone = join(place, 'weft')
mkdirSync(home)
const ownTools = join(projectRoot, 'node_modules')
const path = (process.env.PATH ?? '')
  .split(':')
  .filter((folder) => !folder.startsWith(ownTools) && !folder.includes('node_modules'))
const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|NODE|INIT_CWD)/i.test(name))
const env = { ...Object.fromEntries(kept), HOME: home, PATH: path.join(':'), PORT: '3917', CI: '' }

spawnSync('git', ['clone', '--quiet', projectRoot, clone], { stdio: 'inherit' })

function npx(command: string): ChildProcess {
  return spawn('npx', ['-y', 'pnpm@12', command], {
    cwd: clone,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Seconds until the address is printed and answers; then everything is stopped. */
async function timeStart(): Promise<number> {
  const begun = performance.now()
  const child = npx('start')
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text))
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  while (!output.includes('Weft is running at ')) {
    exitUnless(child.exitCode === null, `the start ended:\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const seconds = (performance.now() - begun) / 1000
  const page = await fetch('http://127.0.0.1:3917/')
  exitUnless(page.ok && (await page.text()).includes('<div id="root"'), 'the address does not serve the application')
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
  await gone
  return seconds
}

console.log(`first start, with install and build: ${(await timeStart()).toFixed(1)} s (at most 180)`)
for (let i = 0; i < 3; i++) console.log(`start when all is there: ${(await timeStart()).toFixed(1)} s (at most 5)`)

if (process.argv.includes('--test')) {
  const child = npx('test')
  child.stdout?.pipe(process.stdout)
  child.stderr?.pipe(process.stderr)
  const code = await new Promise<number | null>((resolve) => child.on('exit', (exit) => resolve(exit)))
  exitUnless(code === 0, 'the test command failed')
}
rmSync(place, { recursive: true, force: true })
