import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../scripts/freePort.ts'

const main = join(import.meta.dirname, '../../server/src/main.ts')

/** Another way in, for a server whose time can pass at once. */
export const clockedEntry = join(import.meta.dirname, 'clockedServer.ts')

/** The real server as a process of its own, on a database of its own, that can be killed and started again. */
export class WeftServer {
  readonly url: string
  readonly dataDir: string
  readonly #port: number
  readonly #env: Record<string, string>
  readonly #entry: string
  #process: ChildProcess | null = null
  #output = ''

  private constructor(port: number, dataDir: string, env: Record<string, string>, entry: string) {
    this.#entry = entry
    this.#port = port
    // Behind a proxy, everybody asks the proxy.
    this.url = env.PUBLIC_URL ?? `http://127.0.0.1:${port}`
    this.dataDir = dataDir
    this.#env = env
  }

  /** A server that answers `/readyz`. `env` adds to its environment, and is read again with each boot. */
  static async start(env: Record<string, string> = {}, port?: number, entry = main): Promise<WeftServer> {
    const server = new WeftServer(port ?? (await freePort()), await mkdtemp(join(tmpdir(), 'weft-e2e-')), env, entry)
    await server.boot()
    return server
  }

  async boot(): Promise<void> {
    const child = spawn(process.execPath, [this.#entry], {
      env: {
        // `WEBSOCKETS=refused` before the command runs all of it over the fallback.
        ...process.env,
        NODE_COMPILE_CACHE: join(import.meta.dirname, '../../.cache/compiled'),
        PORT: String(this.#port),
        DATA_DIR: this.dataDir,
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe', ...(this.#entry === clockedEntry ? (['ipc'] as const) : [])],
    })
    this.#process = child
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk).slice(-20_000)
      })
    }
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server did not start:\n${this.#output}`)
      const ready = await fetch(`${this.url}/readyz`).catch(() => null)
      if (ready?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
    this.#process = null
  }

  /** Puts the clock of a server of `clockedEntry` forward. */
  pass(ms: number): void {
    this.#process?.send(ms)
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /** What the process has printed lately. */
  get output(): string {
    return this.#output
  }

  async dispose(): Promise<void> {
    await this.kill('SIGKILL')
    await rm(this.dataDir, { recursive: true, force: true })
  }
}
