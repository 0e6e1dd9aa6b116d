import { buildClient } from './clientBuild.ts'
import { exitUnless } from './run.ts'

exitUnless(await buildClient(), 'Weft did not start: the application could not be built; the lines above say why.')
await import('../server/src/main.ts')
