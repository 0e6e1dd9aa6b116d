import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test'
import type { WeftServer } from './weftServer.ts'

export const password = 'a long enough password'

/** A person with an account, their cookie and what they can ask for over HTTP. */
export class Person {
  readonly name: string
  readonly email: string
  readonly #server: WeftServer
  readonly #cookie: string

  private constructor(server: WeftServer, name: string, cookie: string) {
    this.#server = server
    this.name = name
    this.email = emailOf(name)
    this.#cookie = cookie
  }

  static async signUp(server: WeftServer, name: string, inviteToken?: string): Promise<Person> {
    const response = await fetch(`${server.url}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: server.url,
        ...(inviteToken ? { 'x-weft-invite': inviteToken } : {}),
      },
      body: JSON.stringify({ name, email: emailOf(name), password }),
    })
    if (!response.ok) throw new Error(`sign-up of ${name}: ${response.status} ${await response.text()}`)
    const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
    return new Person(server, name, cookie.join('; '))
  }

  /** One call of the HTTP interface; throws unless it answers 2xx. */
  async call(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
    const response = await fetch(`${this.#server.url}/api/v1${path}`, {
      method,
      headers: { cookie: this.#cookie, origin: this.#server.url, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, string>
  }

  /** The request as this person's browser would send it. */
  signed(request: Request): Request {
    request.headers.set('cookie', this.#cookie)
    request.headers.set('origin', this.#server.url)
    return request
  }

  /** A browser profile in which this person is signed in. */
  async openBrowser(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await browser.newContext({ baseURL: this.#server.url, ...options })
    const cookies = this.#cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: this.#server.url }
    })
    await context.addCookies(cookies)
    return context
  }
}

export const idOf = async (person: Person): Promise<string> => (await person.call('GET', '/me')).id ?? ''
export const emailOf = (name: string): string => `${name.toLowerCase()}@weft.example`
