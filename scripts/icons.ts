import { mkdirSync, readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { findChromium } from './chromium.ts'
import { exitUnless, projectRoot } from './run.ts'

/** Draws the icons of the installed application from the logo. The pictures are committed: run it when the logo changes. */
const logo = readFileSync(`${projectRoot}client/public/favicon.svg`, 'utf8')
/** Systems cut maskable icons to shapes of their own: the mark stays in the middle, on a ground without corners. */
const filled = logo.replace(/ rx="\d+"/, '').replace('viewBox="0 0 24 24"', 'viewBox="-4 -4 32 32"')
const onGround = filled.replace('<rect width="24" height="24"', '<rect x="-4" y="-4" width="32" height="32"')

const icons = [
  { name: 'icon-192', size: 192, svg: logo },
  { name: 'icon-512', size: 512, svg: logo },
  { name: 'maskable-512', size: 512, svg: onGround },
  { name: 'touch-180', size: 180, svg: logo.replace(/ rx="\d+"/, '') },
]

const program = findChromium()
exitUnless(program !== null, 'The icons need Chromium: "pnpm test" installs it, or CHROMIUM_PATH says where it is.')
const folder = `${projectRoot}client/public/icons/`
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: program ?? '',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  for (const { name, size, svg } of icons) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`)
    await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true })
    await page.close()
  }
} finally {
  await browser.close()
}
