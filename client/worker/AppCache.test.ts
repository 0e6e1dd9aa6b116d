// @vitest-environment node
import { expect, test } from 'vitest'
import { AppCache } from './AppCache.ts'

/** What the browser has, in memory and in the order of coming. */
class MemoryCaches {
  readonly stored = new Map<string, Map<string, Response>>()

  async open(name: string) {
    const files = this.stored.get(name) ?? new Map<string, Response>()
    this.stored.set(name, files)
    return {
      put: async (path: string, response: Response) => void files.set(path, response),
      match: async (path: string) => files.get(path)?.clone(),
    }
  }
  async match(path: string) {
    for (const files of this.stored.values()) if (files.has(path)) return files.get(path)?.clone()
    return undefined
  }
  keys = async () => [...this.stored.keys()]
  delete = async (name: string) => this.stored.delete(name)
}

/** A server of one version: a page that names one script, and that script. */
function deploy(version: string, extra: readonly string[] = []) {
  const files = new Map([
    ['/index.html', `<script src="/assets/${version}.js"></script>`],
    [`/assets/${version}.js`, version],
    ['/assets/shared.js', 'shared'],
    ['/theme.js', 'theme'],
    ...extra.map((path) => [path, path] as const),
  ])
  return { version, files, paths: [...files.keys()] }
}

function browser() {
  const caches = new MemoryCaches()
  const asked: string[] = []
  const appOf = (release: ReturnType<typeof deploy>, answers = release.files) =>
    new AppCache(caches as unknown as CacheStorage, release, async (request) => {
      const { pathname } = new URL(request.url)
      asked.push(pathname)
      const text = answers.get(pathname)
      return text === undefined ? new Response('', { status: 404 }) : new Response(text)
    })
  return { caches, asked, appOf }
}

// `Request` wants a whole address outside of a browser.
class PageRequest extends Request {
  constructor(path: string, init?: RequestInit) {
    super(new URL(path, 'http://weft.test'), init)
  }
}
globalThis.Request = PageRequest as typeof Request

const text = async (response: Promise<Response | undefined>) => (await response)?.text()

test('a version is served from the device once all of it is there', async () => {
  const { appOf } = browser()
  const app = appOf(deploy('one'))
  await app.install()
  expect(await text(app.page())).toContain('/assets/one.js')
  expect(await text(app.file('/assets/one.js'))).toBe('one')
  expect(await text(app.file('/theme.js'))).toBe('theme')
  expect(await app.file('/assets/unknown.js')).toBeUndefined()
})

test('a file that is missing, and a page of another version, end the installation', async () => {
  const { appOf } = browser()
  const one = deploy('one')
  await expect(appOf(one, new Map([...one.files].filter(([path]) => path !== '/theme.js'))).install()).rejects.toThrow(
    '/theme.js: 404',
  )
  const inBetween = new Map([...one.files, ['/index.html', deploy('two').files.get('/index.html') ?? '']])
  await expect(appOf(one, inBetween).install()).rejects.toThrow('another version: /assets/two.js')
})

test('a newer version asks only for what changed, and serves the parts of pages that are still of the older one', async () => {
  const { appOf, asked } = browser()
  await appOf(deploy('one')).install()
  asked.length = 0
  const two = appOf(deploy('two'))
  await two.install()
  await two.forgetOld()
  expect(asked.sort()).toEqual(['/assets/two.js', '/index.html', '/theme.js'])
  expect(await text(two.file('/assets/one.js'))).toBe('one')
  expect(await text(two.page())).toContain('two')
})

test('two earlier versions are kept, whichever came before is forgotten, and nothing that is not ours', async () => {
  const { appOf, caches } = browser()
  await caches.open('of somebody else')
  for (const version of ['one', 'two', 'three', 'four']) {
    const app = appOf(deploy(version))
    await app.install()
    await app.forgetOld()
  }
  expect(await caches.keys()).toEqual(['of somebody else', 'weft-app-two', 'weft-app-three', 'weft-app-four'])
})

test('only files of the application are held: its page is for navigations, the rest is the server’s', () => {
  const { appOf } = browser()
  const app = appOf(deploy('one', ['/icons/icon-192.png']))
  for (const path of ['/assets/any.js', '/theme.js', '/icons/icon-192.png']) expect(app.holds(path)).toBe(true)
  for (const path of ['/index.html', '/api/v1/workspaces', '/api/docs', '/sync', '/healthz', '/'])
    expect(app.holds(path)).toBe(false)
})
