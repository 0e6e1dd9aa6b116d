import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SyncLimits, SyncStats } from '../src/sync/index.ts'

/** What a server holds, after garbage was collected. */
export interface Measured extends SyncStats {
  /** Heap, and what lies outside of it: texts, frames, buffers of sockets. Worker threads are not in it. Bytes. */
  bytes: number
  /** Resident memory of the process with all its threads, garbage that is not given back included. Bytes. */
  rss: number
  /** Timers, sockets and requests of Node. */
  handles: number
}

export interface MeasuredServer {
  url: string
  measure(): Promise<Measured>
  /** Waits until what is measured holds. */
  until(what: string, holds: (measured: Measured) => boolean, withinMs?: number): Promise<Measured>
  stop(): Promise<void>
}

const script = fileURLToPath(new URL('./measuredChild.ts', import.meta.url))
const children: ChildProcess[] = []

/** For `afterEach`. */
export async function stopMeasured(): Promise<void> {
  await Promise.all(children.splice(0).map(end))
}

/** Sync over the database of `dir` in a process of its own, which says how much memory it holds. */
export async function startMeasured(dir: string, limits: Partial<SyncLimits>): Promise<MeasuredServer> {
  const child = fork(script, [dir, JSON.stringify(limits)], { execArgv: ['--expose-gc'] })
  children.push(child)
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  const measure = async (): Promise<Measured> => {
    const answer = once(child, 'message') as Promise<[Measured]>
    child.send('measure')
    return (await answer)[0]
  }
  return {
    url,
    measure,
    async until(what, holds, withinMs = 30_000) {
      const deadline = Date.now() + withinMs
      for (;;) {
        const measured = await measure()
        if (holds(measured)) return measured
        if (Date.now() > deadline) throw new Error(`never: ${what}; ${JSON.stringify(measured)}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    stop: () => end(child),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
