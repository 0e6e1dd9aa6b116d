import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

const source = fileURLToPath(new URL('../client/worker/main.ts', import.meta.url))
/** Stands in `client/index.html`, so that a page can say which version it is of. */
const unversioned = 'name="weft-version" content="development"'

/** Lists what a build wrote, writes its version into the page, and builds the service worker that keeps these files. */
export function serviceWorker(): Plugin {
  let directory = ''
  return {
    name: 'weft-service-worker',
    apply: 'build',
    configResolved(config) {
      directory = config.build.outDir
    },
    writeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        const names = globSync('**/*.*', { cwd: directory }).map((name) => name.replaceAll('\\', '/'))
        const paths = names.filter((name) => !/(^sw\.js|\.map)$/.test(name)).sort()
        const hash = createHash('sha256')
        for (const name of paths)
          hash
            .update(name)
            .update('\0')
            .update(readFileSync(join(directory, name)))
        const version = hash.digest('hex').slice(0, 16)
        const page = join(directory, 'index.html')
        const html = readFileSync(page, 'utf8')
        if (!html.includes(unversioned)) throw new Error(`index.html does not say ${unversioned}`)
        writeFileSync(page, html.replace(unversioned, `name="weft-version" content="${version}"`))
        const files = { version, paths: paths.map((name) => `/${name}`) }
        await build({
          configFile: false,
          logLevel: 'warn',
          publicDir: false,
          define: { __WEFT_FILES__: JSON.stringify(files) },
          build: {
            outDir: directory,
            emptyOutDir: false,
            target: 'es2022',
            rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        })
      },
    },
  }
}
