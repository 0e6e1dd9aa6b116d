import { spawn } from 'node:child_process'
import { projectRoot } from './run.ts'
import { printSignIns, seed } from './seed.ts'
import { waitForServer } from './waitFor.ts'

const serverPort = process.env.PORT ?? '3000'
const pagePort = process.env.PAGE_PORT ?? '5173'
const server = `http://127.0.0.1:${serverPort}`
const page = `http://127.0.0.1:${pagePort}`

const env = {
  ...process.env,
  PORT: serverPort,
  PUBLIC_URL: page,
  DATA_DIR: process.env.DATA_DIR ?? `${projectRoot}data/dev`,
  WEFT_SERVER: server,
}
const start = (program: string, args: string[]) => spawn(program, args, { cwd: projectRoot, stdio: 'inherit', env })

const children = [
  start(process.execPath, ['--watch', '--watch-preserve-output', 'server/src/main.ts']),
  start(`${projectRoot}node_modules/.bin/vite`, ['--port', pagePort, '--strictPort']),
]
const stop = (code: number): void => {
  for (const child of children) child.kill('SIGTERM')
  process.exitCode = code
}
for (const child of children) child.on('exit', (code) => stop(code ?? 0))
process.on('SIGINT', () => stop(0))
process.on('SIGTERM', () => stop(0))

await waitForServer(server)
await seed(server, page)
printSignIns(page)
