import { startApp } from './app.ts'
import { readConfig } from './config/index.ts'
import { createLogger } from './kit/logger.ts'
import { StartError } from './kit/startError.ts'

/** Service workers, and with them writing offline after a reload, need a secure context. */
function isPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLogger(config.logLevel)
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'nobody handled a rejection'))
  const app = await startApp(config, { log, onFatal: () => process.exit(1) })

  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // Again: whoever asks twice does not want to wait.
      if (stopping) process.exit(1)
      stopping = true
      void app.close().then(() => process.exit(0))
    })
  }
  const lines = [`Weft is running at ${app.url}`]
  if (isPlain(app.url)) {
    lines.push(
      'This address is plain HTTP: pages cannot be opened offline there. Put HTTPS in front and set PUBLIC_URL.',
    )
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

try {
  await main()
} catch (error) {
  const sentence = error instanceof StartError ? error.message : `Weft did not start: ${String(error)}`
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
