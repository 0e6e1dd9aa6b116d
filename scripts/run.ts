import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url))

/** Runs a program of this project or the system with its output shown; resolves with its exit code. */
export function run(program: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: projectRoot, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      console.error(`${program} could not be started: ${error.message}`)
      resolve(127)
    })
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1))
  })
}

/** The same for a command-line tool from the root's `node_modules`. */
export const runTool = (name: string, args: string[], env?: Record<string, string>): Promise<number> =>
  run(`${projectRoot}node_modules/.bin/${name}`, args, env)

export const exitUnless = (ok: boolean, sentence: string): void => {
  if (ok) return
  console.error(sentence)
  process.exit(1)
}
