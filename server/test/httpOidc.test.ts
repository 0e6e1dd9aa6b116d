import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { personWith, startTestServer, type TestServer } from './harness.ts'

const publicUrl = 'https://weft.example.org'
const json = { 'content-type': 'application/json' }

let identity: Server
let server: TestServer

/** A certified OpenID provider, whose people are who they say they are. */
async function startIdentity(): Promise<string> {
  identity = createServer()
  identity.listen(0, '127.0.0.1')
  await once(identity, 'listening')
  const issuer = `http://127.0.0.1:${(identity.address() as AddressInfo).port}`
  // It warns that it is not for production.
  const warnings = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info')]
  for (const warning of warnings) warning.mockImplementation(() => {})
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'weft', client_secret: 'shared', redirect_uris: [`${publicUrl}/api/auth/callback/company`] },
    ],
    // Said, so that it does not tell about its defaults.
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        name: `${id} of the company`,
        email: `${id}@weft.example`,
        email_verified: true,
      }),
    }),
  })
  identity.on('request', provider.callback())
  for (const warning of warnings) warning.mockRestore()
  return issuer
}

beforeEach(async () => {
  const issuer = await startIdentity()
  server = await startTestServer({
    config: {
      publicUrl,
      oidc: {
        id: 'company',
        name: 'The company',
        discoveryUrl: `${issuer}/.well-known/openid-configuration`,
        clientId: 'weft',
        clientSecret: 'shared',
        scopes: ['openid', 'profile', 'email'],
      },
    },
  })
})
afterEach(async () => {
  await server.close()
  identity.closeAllConnections()
  identity.close()
})

/** A browser as far as redirects and cookies go; what people type leads to the server under test. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>()

  #jar(url: string): Map<string, string> {
    const { host } = new URL(url)
    const jar = this.#cookies.get(host) ?? new Map<string, string>()
    this.#cookies.set(host, jar)
    return jar
  }

  cookie(url: string): string {
    return [...this.#jar(url)].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string>), cookie: this.cookie(url) }
    const response = await fetch(url.replace(publicUrl, server.url), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#jar(url).delete(name)
      else this.#jar(url).set(name, value)
    }
    return response
  }

  /** From the button to where the person ends up. */
  async signIn(who: string, invite?: string): Promise<URL> {
    const begin = await this.ask(`${publicUrl}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { ...json, origin: publicUrl },
      body: JSON.stringify({
        provider: 'company',
        callbackURL: '/welcome',
        errorCallbackURL: '/sign-in',
        ...(invite === undefined ? {} : { additionalData: { invite } }),
      }),
    })
    let { url } = (await begin.json()) as { url: string }
    for (let step = 0; step < 20; step++) {
      const response = await this.ask(url)
      const next = response.headers.get('location')
      if (next !== null) url = new URL(next, url).href
      else url = await this.#answer(url, await response.text(), who)
      if (url.startsWith(publicUrl) && !url.startsWith(`${publicUrl}/api/`)) return new URL(url)
    }
    throw new Error(`the redirects do not end: ${url}`)
  }

  /** Fills the provider's forms: who one is, and that one agrees. */
  async #answer(url: string, page: string, who: string): Promise<string> {
    const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(page) ?? []
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(page) ?? []
    expect(prompt, page).not.toBe('')
    const response = await this.ask(new URL(action, url).href, {
      method: 'POST',
      body: new URLSearchParams({ prompt, login: who, password: 'any' }),
    })
    return new URL(response.headers.get('location') ?? '', url).href
  }

  person = () => personWith(server.url, publicUrl, 'somebody', this.cookie(publicUrl))
}

const accounts = async () =>
  (await server.app.storage.read.selectFrom('user').select('email').orderBy('email').execute()).map((row) => row.email)

test('the first person to come by single sign-on owns the installation, and comes back as the same', async () => {
  const browser = new Browser()
  expect((await browser.signIn('ann')).pathname).toBe('/welcome')
  const { account, api } = await browser.person()
  expect(account).toMatchObject({ name: 'ann of the company', email: 'ann@weft.example', ownsInstallation: true })
  // Who may come in, and with what, is the provider's to say: there is nothing to turn on here.
  expect(await api.auth.security()).toMatchObject({ hasPassword: false, twoFactor: null, passkeys: [] })
  for (const password of ['', 'any password at all']) {
    const body = JSON.stringify({ password })
    const refused = await browser.ask(`${publicUrl}/api/auth/two-factor/enable`, {
      method: 'POST',
      headers: { ...json, origin: publicUrl },
      body,
    })
    expect(refused.status).toBe(400)
  }
  const workspace = await api.workspaces.create({ name: 'Looms' })

  const elsewhere = new Browser()
  await elsewhere.signIn('ann')
  const again = await elsewhere.person()
  expect(again.account).toEqual(account)
  expect(await again.api.workspaces.list()).toMatchObject([{ id: workspace.id }])
})

test('others need an invitation, which goes around with them', async () => {
  const ann = new Browser()
  await ann.signIn('ann')
  const { api } = await ann.person()
  const workspaceId = (await api.workspaces.create({ name: 'Looms' })).id
  const { token } = await api.workspaces.invite({ workspaceId })

  for (const invite of [undefined, 'x'.repeat(43)]) {
    const ben = new Browser()
    expect((await ben.signIn('ben', invite)).pathname).toBe('/sign-in')
    await expect(ben.person()).rejects.toMatchObject({ id: 'signed-out' })
  }
  expect(await accounts()).toEqual(['ann@weft.example'])

  const ben = new Browser()
  expect((await ben.signIn('ben', token)).pathname).toBe('/welcome')
  const person = await ben.person()
  expect(person.account).toMatchObject({ email: 'ben@weft.example', ownsInstallation: false })
  expect(await person.api.workspaces.acceptInvite({ token })).toMatchObject({ role: 'member' })
})

test('nobody is given an account that somebody made under their address with a password', async () => {
  await server.signUp('Ann')
  const browser = new Browser()
  const end = await browser.signIn('ann')
  expect([end.pathname, end.searchParams.get('error')]).toEqual(['/sign-in', 'account_not_linked'])
  await expect(browser.person()).rejects.toMatchObject({ id: 'signed-out' })
})

test('an answer that the server did not ask for opens nothing', async () => {
  const browser = new Browser()
  const answer = await browser.ask(`${publicUrl}/api/auth/callback/company?code=made-up&state=made-up`)
  expect(answer.status).toBeGreaterThanOrEqual(300)
  expect(browser.cookie(publicUrl)).not.toContain('session_token')
  expect(await accounts()).toEqual([])
})
