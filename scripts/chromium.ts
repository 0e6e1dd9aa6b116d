import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { run, runTool } from './run.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium that browser tests use; null if the machine has none. `CHROMIUM_PATH` goes first. */
export function findChromium(): string | null {
  const own = process.env.CHROMIUM_PATH
  if (own) return existsSync(own) ? own : null
  return [...places, chromium.executablePath()].find((path) => existsSync(path)) ?? null
}

/** Finds a Chromium, or installs one: from Debian's packages as root, else by Playwright's own download. */
export async function needChromium(): Promise<string | null> {
  const found = findChromium()
  if (found !== null || process.env.CHROMIUM_PATH) return found
  console.log('Installing Chromium for the browser tests …')
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await run('apt-get', ['update', '-qq'], quiet)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet)
  }
  if (findChromium() === null) await runTool('playwright', ['install', 'chromium'])
  return findChromium()
}
