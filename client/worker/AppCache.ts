/** The files of one version of the application, as the build lists them; paths from the root. */
export interface AppFiles {
  version: string
  paths: readonly string[]
}

const prefix = 'weft-app-'
const page = '/index.html'
/**
 * Pages of earlier versions stay open while newer ones arrive, and load parts of theirs later: so many earlier versions
 * are kept beside the newest. One is about two megabytes, less what did not change.
 */
const earlierKept = 2
/** A browser has six connections to a host over HTTP/1.1; the page that is open needs some of them. */
const atOnce = 4

/** What the application consists of, on the device: nothing in it belongs to a person. */
export class AppCache {
  readonly #caches: CacheStorage
  readonly #files: AppFiles
  readonly #fetch: (request: Request) => Promise<Response>
  readonly #paths: ReadonlySet<string>

  constructor(caches: CacheStorage, files: AppFiles, fetch: (request: Request) => Promise<Response>) {
    this.#caches = caches
    this.#files = files
    this.#fetch = fetch
    this.#paths = new Set(files.paths)
  }

  /** Brings all files of this version onto the device, or rejects: a version that is not whole is never served. */
  async install(): Promise<void> {
    const cache = await this.#caches.open(prefix + this.#files.version)
    const queue = [...this.#files.paths]
    const worker = async () => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        await cache.put(path, await this.#find(path))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    // In the middle of a deployment the page may be another version's already: offline it would find none of its parts.
    const html = (await (await cache.match(page))?.text()) ?? ''
    const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
    const missing = named.filter((path) => !this.#paths.has(path))
    if (named.length === 0 || missing.length > 0) throw new Error(`the page is of another version: ${missing}`)
  }

  /** Forgets versions that no page should be of any more. */
  async forgetOld(): Promise<void> {
    const own = prefix + this.#files.version
    // In the order in which they came.
    const others = (await this.#caches.keys()).filter((name) => name.startsWith(prefix) && name !== own)
    await Promise.all(others.slice(0, -earlierKept).map((name) => this.#caches.delete(name)))
  }

  /** The application's page, of this version. */
  page(): Promise<Response | undefined> {
    return this.#own(page)
  }

  /** Whether this is one of the application's files, of this version or an earlier one. */
  holds(pathname: string): boolean {
    return isHashed(pathname) || (this.#paths.has(pathname) && pathname !== page)
  }

  async file(pathname: string): Promise<Response | undefined> {
    return (await this.#own(pathname)) ?? (isHashed(pathname) ? this.#caches.match(pathname) : undefined)
  }

  async #own(path: string): Promise<Response | undefined> {
    return (await this.#caches.open(prefix + this.#files.version)).match(path)
  }

  async #find(path: string): Promise<Response> {
    const known = isHashed(path) ? await this.#caches.match(path) : undefined
    if (known !== undefined) return known
    const response = await this.#fetch(new Request(path, { cache: isHashed(path) ? 'default' : 'no-cache' }))
    // A sign-on page of a proxy in front answers as well, after a redirect.
    if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`)
    return response
  }
}

/** Its name says what is in it. */
const isHashed = (path: string): boolean => path.startsWith('/assets/')
