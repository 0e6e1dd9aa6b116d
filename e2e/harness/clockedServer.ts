import { startApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config/index.ts'

// The real server, by a clock that its parent puts forward: what comes at an hour of the day comes when a test asks.
let ahead = 0
process.on('message', (ms) => {
  ahead += Number(ms)
})
const app = await startApp(readConfig(process.env), { clock: { now: () => Date.now() + ahead } })
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
