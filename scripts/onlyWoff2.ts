import type { Plugin } from 'vite'

const older = /,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g

/** Of KaTeX's fonts, only the form that every browser of today reads: each file of a build is kept on each device. */
export function onlyWoff2(): Plugin {
  return {
    name: 'weft-only-woff2',
    enforce: 'pre',
    transform: (code, id) => (/\/katex[^?]*\.css/.test(id) ? { code: code.replace(older, ''), map: null } : null),
  }
}
