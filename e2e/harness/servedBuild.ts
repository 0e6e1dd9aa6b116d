import { startApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config/index.ts'

// The real server, with another build of the application than `client/dist`.
const app = await startApp(readConfig(process.env), { clientDirectory: process.env.CLIENT_DIRECTORY ?? '' })
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
