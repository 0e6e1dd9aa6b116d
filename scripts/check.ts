import { spawnSync } from 'node:child_process'
import { projectRoot, runTool } from './run.ts'

/** dependency-cruiser that can't read TypeScript finds no modules and no violations: that is a failure too. */
function importRules(): boolean {
  const rooms = ['client/src', 'client/worker', 'server/src', 'shared/src', 'scripts', 'e2e']
  const config = ['--config', 'dependency-cruiser.config.mjs']
  const tool = `${projectRoot}node_modules/.bin/depcruise`
  const { stdout, stderr, status } = spawnSync(tool, [...rooms, ...config, '--output-type', 'err'], {
    cwd: projectRoot,
    encoding: 'utf8',
  })
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  const modules = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? 0)
  return status === 0 && modules > 100
}

const projects = ['shared', 'server', 'client', 'client/worker', 'e2e', '.']
const steps: [string, () => Promise<boolean>][] = [
  ['format and lint', async () => (await runTool('biome', ['check', '--error-on-warnings', '.'])) === 0],
  ...projects.map((name): [string, () => Promise<boolean>] => [
    `types of ${name === '.' ? 'scripts' : name}`,
    async () => (await runTool('tsc', ['--project', name])) === 0,
  ]),
  ['direction of imports and cycles', async () => importRules()],
]

const failed: string[] = []
for (const [name, step] of steps) {
  console.log(`\n· ${name}`)
  if (!(await step())) failed.push(name)
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
