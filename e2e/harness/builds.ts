import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds the application as a release would, into a folder of its own; each `release` makes other file names. */
export async function buildRelease(release: string, directory: string): Promise<void> {
  await build({
    configFile: `${root}vite.config.ts`,
    logLevel: 'error',
    plugins: [
      {
        name: 'another-release',
        transform: (code, id) =>
          id.endsWith('/src/main.tsx') ? `${code}\ndocument.documentElement.dataset.release = '${release}'` : null,
      },
    ],
    build: { outDir: directory, emptyOutDir: true, sourcemap: false },
  })
}
