import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { freePort } from '../../scripts/freePort.ts'
import { findNginx } from '../../scripts/nginx.ts'

/**
 * What operators make of it. `as-documented`: the lines of `docs/deploy.md`. `no-upgrades`: without those that pass
 * upgrades on. `holds-back`: moreover it collects answers, and compresses them, whatever the server asks for.
 */
export type NginxSetup = 'as-documented' | 'no-upgrades' | 'holds-back'

const guide = join(import.meta.dirname, '../../docs/deploy.md')

/** A replacement that must find something: the guide's lines may change, but not go unnoticed. */
function swap(text: string, what: string | RegExp, by: string): string {
  const swapped = text.replaceAll(what, by)
  if (swapped === text) throw new Error(`docs/deploy.md has no line with ${what}`)
  return swapped
}

async function documentedLines(): Promise<string> {
  const block = /```nginx\n(.*?)```/s.exec(await readFile(guide, 'utf8'))?.[1]
  if (block === undefined) throw new Error('docs/deploy.md has no lines for nginx')
  return block
}

interface Places {
  port: number
  plainPort: number
  target: number
}

function linesFor(setup: NginxSetup, documented: string, { port, plainPort, target }: Places): string {
  let lines = swap(documented, 'listen 443', `listen 127.0.0.1:${port}`)
  lines = swap(lines, 'listen 80', `listen 127.0.0.1:${plainPort}`)
  lines = swap(lines, /(ssl_certificate) .*;/g, '$1 own.crt;')
  lines = swap(lines, /(ssl_certificate_key) .*;/g, '$1 own.key;')
  lines = swap(lines, 'http://127.0.0.1:3000', `http://127.0.0.1:${target}`)
  if (setup === 'as-documented') return lines
  lines = swap(lines, /proxy_set_header (Upgrade|Connection) .*;/g, '')
  if (setup === 'no-upgrades') return swap(lines, 'proxy_buffering off;', '')
  const collecting = 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;'
  return swap(lines, 'proxy_buffering off;', `${collecting} gzip on; gzip_proxied any; gzip_types *;`)
}

/** One process, all of whose files are in its prefix; whoever runs the tests may be root or not. */
const around = (lines: string): string => `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events {}
http {
access_log off;
client_body_temp_path body;
proxy_temp_path proxy;
fastcgi_temp_path fastcgi;
uwsgi_temp_path uwsgi;
scgi_temp_path scgi;
${lines}
}
`

/** The real nginx before a server, with HTTPS. */
export class Nginx {
  readonly url: string
  /** Where plain HTTP is sent on from. */
  readonly plainUrl: string
  readonly #process: ChildProcess
  readonly #prefix: string
  #output = ''

  private constructor(process: ChildProcess, prefix: string, { port, plainPort }: Places) {
    this.url = `https://127.0.0.1:${port}`
    this.plainUrl = `http://127.0.0.1:${plainPort}`
    this.#process = process
    this.#prefix = prefix
    process.stderr?.on('data', (chunk: Buffer) => {
      this.#output = (this.#output + chunk).slice(-10_000)
    })
  }

  /** Before the port `target`, where nothing needs to listen yet. */
  static async start(setup: NginxSetup, target: number): Promise<Nginx> {
    const program = findNginx()
    if (program === null) throw new Error('There is no nginx here: install it, or say where it is in NGINX_PATH.')
    const prefix = await mkdtemp(join(tmpdir(), 'weft-nginx-'))
    await ownCertificate(prefix)
    const places = { port: await freePort(), plainPort: await freePort(), target }
    await writeFile(join(prefix, 'nginx.conf'), around(linesFor(setup, await documentedLines(), places)))
    const options = ['-p', `${prefix}/`, '-c', 'nginx.conf', '-e', 'stderr']
    const nginx = new Nginx(spawn(program, options, { stdio: ['ignore', 'ignore', 'pipe'] }), prefix, places)
    await nginx.#listens()
    return nginx
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = once(this.#process, 'exit')
      this.#process.kill('SIGKILL')
      await exit
    }
    await rm(this.#prefix, { recursive: true, force: true })
  }

  async #listens(): Promise<void> {
    for (;;) {
      if (this.#process.exitCode !== null) throw new Error(`nginx did not start:\n${this.#output}`)
      const answer = await fetch(this.plainUrl, { redirect: 'manual' }).catch(() => null)
      if (answer !== null) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

/** Made for this run, and believed by this process; the browser is told to believe any. */
async function ownCertificate(directory: string): Promise<void> {
  const [key, certificate] = [join(directory, 'own.key'), join(directory, 'own.crt')]
  const who = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...kind, ...who, '-keyout', key, '-out', certificate], { stdio: 'ignore' })
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certificate, 'utf8')])
}
