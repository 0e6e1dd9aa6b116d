import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = promisify(brotliCompress)

/** Puts a `.br` beside each hashed file: a seventh smaller than what a server could make of it for each request anew. */
export function precompress(): Plugin {
  let directory = ''
  return {
    name: 'weft-precompress',
    apply: 'build',
    configResolved(config) {
      directory = config.build.outDir
    },
    writeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        const names = globSync('assets/*.{js,css}', { cwd: directory })
        await Promise.all(
          names.map(async (name) => {
            const path = join(directory, name)
            const plain = await readFile(path)
            const params = {
              [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
              [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
            }
            await writeFile(`${path}.br`, await compress(plain, { params }))
          }),
        )
      },
    },
  }
}
