import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const loopWatch = fileURLToPath(new URL('./loopWatch.ts', import.meta.url))
/** What a start of an installation reads instead of TypeScript, from its second time on (`scripts/start.ts`). */
const compiled = fileURLToPath(new URL('../../.cache/compiled', import.meta.url))
const LoopAnswer = z.object({ longestBlock: z.number(), longestWork: z.number() })

/** Of an event loop, in ms: the longest time between two turns, and the most CPU time between two. */
export type LoopTimes = z.infer<typeof LoopAnswer>

/** A server under test: a process of its own, watched from outside. */
export class ServerProcess {
  readonly #child: ChildProcess
  #output = ''

  constructor(script: string, env: Record<string, string>, nodeFlags: readonly string[]) {
    this.#child = spawn(process.execPath, ['--import', loopWatch, ...nodeFlags, script], {
      env: { ...process.env, NODE_ENV: 'production', NODE_COMPILE_CACHE: compiled, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk).slice(-8000)
      })
    }
  }

  /** Waits until `url` answers 2xx; throws with what the process printed when it ends before that. */
  async ready(url: string): Promise<void> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
      this.mustLive()
      const answer = await fetch(url).catch(() => null)
      await answer?.body?.cancel()
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`the server was not ready after 30 s:\n${this.#output}`)
  }

  mustLive(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      throw new Error(`the server under test has ended:\n${this.#output}`)
    }
  }

  /** What the process printed last. */
  get output(): string {
    return this.#output
  }

  /** CPU time of all its threads so far, user and system, in ms (`schedstat` counts in ns). */
  get cpuMs(): number {
    const tasks = `/proc/${this.#child.pid}/task`
    let ns = 0
    for (const task of readdirSync(tasks))
      ns += Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0])
    return ns / 1e6
  }

  /** Resident memory; and the same with what several processes map counted in parts. In MB. */
  get memory(): { rss: number; pss: number } {
    const rollup = readFileSync(`/proc/${this.#child.pid}/smaps_rollup`, 'utf8')
    const of = (name: string) => Number(rollup.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1]) / 1024
    return { rss: of('Rss'), pss: of('Pss') }
  }

  /** Handed to the disk by this process so far, in bytes. */
  get bytesWritten(): number {
    return Number(readFileSync(`/proc/${this.#child.pid}/io`, 'utf8').match(/^write_bytes: (\d+)$/m)?.[1])
  }

  /** Of its event loop, since this was last asked. */
  async loopTimes(): Promise<LoopTimes> {
    const answer = once(this.#child, 'message')
    this.#child.send('how long?')
    return LoopAnswer.parse((await answer)[0])
  }

  /** Ends it, with a request unless told otherwise, and insists after 20 s. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    const insist = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await exit
    clearTimeout(insist)
  }
}
