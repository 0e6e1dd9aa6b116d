import { globSync, readFileSync, statSync } from 'node:fs'
import { buildClient } from './clientBuild.ts'
import { exitUnless, projectRoot } from './run.ts'

/** JavaScript that has to arrive before the workspace's first page is shown, the editor not among it; kB, compressed. */
const budget = 300

exitUnless(await buildClient(), 'Nothing was measured: the application could not be built.')
const dist = `${projectRoot}client/dist/`
const page = readFileSync(`${dist}index.html`, 'utf8')
const first = new Set([...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, path]) => path ?? ''))
const chunks = globSync('**/*.js', { cwd: dist })
  .map((path) => ({
    path,
    kilobytes: statSync(`${dist}${path}${path.startsWith('assets/') ? '.br' : ''}`).size / 1000,
    first: first.has(path),
  }))
  .sort((a, b) => Number(b.first) - Number(a.first) || b.kilobytes - a.kilobytes)
for (const { path, kilobytes, first } of chunks)
  console.log(`${kilobytes.toFixed(1).padStart(7)} kB  ${first ? 'first' : 'later'}  ${path}`)
const sum = chunks.filter((chunk) => chunk.first).reduce((total, { kilobytes }) => total + kilobytes, 0)
console.log(`${sum.toFixed(1).padStart(7)} kB before the first page, of ${budget}`)
exitUnless(sum <= budget, 'The first load is over its budget.')
