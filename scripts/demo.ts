import { buildClient } from './clientBuild.ts'
import { exitUnless, projectRoot } from './run.ts'
import { printSignIns, seed } from './seed.ts'
import { waitForServer } from './waitFor.ts'

process.env.DATA_DIR ??= `${projectRoot}data/demo`
process.env.PORT ??= '3000'
const address = process.env.PUBLIC_URL ?? `http://127.0.0.1:${process.env.PORT}`

exitUnless(await buildClient(), 'The demo did not start: the application could not be built.')
await import('../server/src/main.ts')
await waitForServer(`http://127.0.0.1:${process.env.PORT}`)
await seed(`http://127.0.0.1:${process.env.PORT}`, address)
printSignIns(address)
