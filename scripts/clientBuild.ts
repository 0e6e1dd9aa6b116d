import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { projectRoot, runTool } from './run.ts'

const stamp = `${projectRoot}client/dist/.built-from`
const sources = [
  'client/{src,public,worker}/**/*',
  'client/*.{html,json}',
  'shared/src/**/*',
  'pnpm-lock.yaml',
  'scripts/{precompress,serviceWorker}.ts',
  'vite.config.ts',
]

/** A hash over the names and contents of everything that the client is built from. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: projectRoot, withFileTypes: true })) {
    if (!file.isFile() || file.name.includes('.test.')) continue
    const path = `${file.parentPath}/${file.name}`
    hash.update(path.slice(projectRoot.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

/** Builds the application unless the last build was made from just these sources. */
export async function buildClient(): Promise<boolean> {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  console.log('Building the application (once for each change of its sources) …')
  if ((await runTool('vite', ['build', '--logLevel', 'warn'])) !== 0) return false
  writeFileSync(stamp, wanted)
  return true
}
