import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { apiContract, commandIdHeader } from '@weft/shared/api'
import type { Account } from '@weft/shared/auth'
import { ErrorBody, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { type App, type AppOptions, startApp } from '../src/app.ts'
import { type Config, defaultLimits, type Limits } from '../src/config/index.ts'
import { createLogger } from '../src/kit/logger.ts'

export const password = 'a long enough password'

/** The whole contract, typed. Throws the server's own `WeftError`s. `commandId` goes into `Idempotency-Key`. */
export type Api = JsonifiedClient<ContractRouterClient<typeof apiContract, { commandId?: string }>>

export interface TestPerson {
  name: string
  email: string
  cookie: string
  account: Account
  api: Api
  /** A request as this person's browser would send it; `path` from the root. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** A token for the socket. */
  token(): Promise<string>
}

export interface TestServer {
  app: App
  url: string
  /** `ws://…/sync` */
  syncUrl: string
  dataDir: string
  config: Config
  /** The whole contract, for somebody who is not signed in. */
  stranger: Api
  signUp(name: string, inviteToken?: string): Promise<TestPerson>
  /** Stops and starts again on the same data; what changes in the configuration may be given. Addresses change. */
  restart(changed?: Partial<Config>): Promise<TestServer>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface TestServerOptions extends AppOptions {
  config?: Partial<Omit<Config, 'limits'>>
  limits?: Partial<Limits>
  /** Kept after the end. A temporary one, removed at the end, unless given. */
  dataDir?: string
}

/** Everything above what a test does on one machine, so that only tests of limits meet them. */
const generous: Partial<Limits> = {
  signInsPerMinute: 100_000,
  httpRequestsPerMinute: 1_000_000,
  filesPerMinute: 1_000_000,
  linkPreviewsPerMinute: 1_000_000,
}

/** The real server on a free port with a database of its own. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { config: changed, limits, dataDir: given, ...appOptions } = options
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'weft-test-')))
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    trustProxy: [],
    dataDir,
    secret: 'a secret that only tests know, 0123456789',
    signUp: 'invited',
    logLevel: 'silent',
    webSockets: 'allowed',
    oidc: null,
    smtpUrl: null,
    mailFrom: null,
    notificationDays: 30,
    linkPreviews: 'on',
    linkPreviewHosts: [],
    ...changed,
    limits: { ...defaultLimits, ...generous, ...limits },
  }
  const app = await startApp(config, { log: createLogger(config.logLevel), ...appOptions })
  const url = `http://127.0.0.1:${app.port}`
  const close = async (): Promise<void> => {
    await app.close()
    if (given === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  return {
    app,
    url,
    syncUrl: `${url.replace('http', 'ws')}/sync`,
    dataDir,
    config,
    stranger: apiFor(url, null),
    signUp: (name, inviteToken) => signUp(url, config.publicUrl ?? url, name, inviteToken),
    async restart(next = {}) {
      await app.close()
      return startTestServer({ ...options, dataDir, config: { ...changed, ...next } })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A server on which Ann has a workspace that others may join. */
export async function startTeam(options: TestServerOptions = {}, annsName = 'Ann') {
  const server = await startTestServer({ config: { signUp: 'open' }, ...options })
  const ann = await server.signUp(annsName)
  const workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id as WorkspaceId
  const joins = async (name: string, role: 'member' | 'guest'): Promise<TestPerson> => {
    const person = await server.signUp(name)
    await person.api.workspaces.acceptInvite(await ann.api.workspaces.invite({ workspaceId, role }))
    return person
  }
  return { server, ann, workspaceId, joins }
}

export const emailOf = (name: string): string => `${name.toLowerCase().replace(/\W+/g, '.')}@weft.example`

async function signUp(url: string, origin: string, name: string, inviteToken?: string): Promise<TestPerson> {
  const email = emailOf(name)
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin,
      ...(inviteToken === undefined ? {} : { 'x-weft-invite': inviteToken }),
    },
    body: JSON.stringify({ name, email, password }),
  })
  if (!response.ok) throw asError(await response.json())
  return personWith(url, origin, name, cookieOf(response))
}

/** The cookies of an answer, as a request carries them. */
export const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/** The person whose session a cookie is. */
export async function personWith(url: string, origin: string, name: string, cookie: string): Promise<TestPerson> {
  const api = apiFor(url, { cookie, origin })
  return {
    name,
    email: emailOf(name),
    cookie,
    account: (await api.auth.me()) as Account,
    api,
    fetch: (path, init = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { cookie, origin, ...(init.headers as Record<string, string>) } }),
    token: async () => (await api.sync.token()).token,
  }
}

function asError(body: unknown): Error {
  const parsed = ErrorBody.safeParse(body)
  return parsed.success ? new WeftError(parsed.data.id, parsed.data.message) : new Error(JSON.stringify(body))
}

function apiFor(url: string, headers: Record<string, string> | null): Api {
  const link = new OpenAPILink<{ commandId?: string }>(apiContract, {
    url: `${url}/api/v1`,
    headers: ({ context }) => ({ ...headers, ...(context.commandId ? { [commandIdHeader]: context.commandId } : {}) }),
    customErrorResponseBodyDecoder: (body, response) => {
      const parsed = ErrorBody.safeParse(body)
      if (!parsed.success) return null
      const { id, message } = parsed.data
      return new ORPCError(id, { status: response.status, message, cause: new WeftError(id, message) })
    },
    interceptors: [
      async ({ next }) => {
        try {
          return await next()
        } catch (error) {
          throw error instanceof ORPCError && error.cause instanceof WeftError ? error.cause : error
        }
      },
    ],
  })
  return createORPCClient(link)
}
