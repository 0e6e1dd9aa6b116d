import { existsSync } from 'node:fs'
import { run } from './run.ts'

const places = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx']

/** The nginx that browser tests put before the server; null if the machine has none. `NGINX_PATH` goes first. */
export function findNginx(): string | null {
  const own = process.env.NGINX_PATH
  if (own) return existsSync(own) ? own : null
  return places.find((path) => existsSync(path)) ?? null
}

/** Finds an nginx, or installs Debian's as root. Elsewhere the tests that need one are skipped. */
export async function needNginx(): Promise<string | null> {
  const found = findNginx()
  if (found !== null || process.env.NGINX_PATH) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing nginx for the browser tests …')
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], quiet)
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nginx', 'openssl'], quiet)
  }
  return findNginx()
}
