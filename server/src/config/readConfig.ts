import { resolve } from 'node:path'
import { z } from 'zod'
import type { LogLevel } from '../kit/logger.ts'
import { StartError } from '../kit/startError.ts'
import { type LimitName, type Limits, limitNames, limitTable, limitVariable } from './limits.ts'
import { ownSecret, prepareDataDir } from './secret.ts'
import { trustedProxies } from './trustedProxies.ts'

export interface OidcConfig {
  id: string
  name: string
  discoveryUrl: string
  clientId: string
  clientSecret: string
  scopes: string[]
}

export interface Config {
  port: number
  host: string
  /** Without a slash at its end; null: derived from the address that the server gets. */
  publicUrl: string | null
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  trustProxy: string[]
  dataDir: string
  secret: string
  signUp: 'invited' | 'open'
  logLevel: LogLevel
  /** Refused: every page uses the fallback transport. */
  webSockets: 'allowed' | 'refused'
  oidc: OidcConfig | null
  /** `smtp://` or `smtps://`; null: mails are written into a directory. */
  smtpUrl: string | null
  /** Null: derived from the address. */
  mailFrom: string | null
  /** How long notifications are kept, in days. */
  notificationDays: number
  /** Whether pages elsewhere may be looked at for what links lead to. */
  linkPreviews: 'on' | 'off'
  /** `host` or `host:port` of places in one's own network that may be looked at all the same. */
  linkPreviewHosts: string[]
  limits: Limits
}

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))

const webAddress = z
  .string()
  .refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), {
    error: 'must be an address such as https://weft.example.org',
    abort: true,
  })

const publicAddress = webAddress
  .refine((text) => new URL(text).pathname === '/', {
    error: 'must have no path: Weft lives at the root of its host',
    abort: true,
  })
  .transform((text) => new URL(text).origin)

const mailServer = z
  .string()
  .refine((text) => URL.canParse(text) && ['smtp:', 'smtps:'].includes(new URL(text).protocol), {
    error: 'must be the address of a mail server such as smtp://user:password@mail.example.org:587',
  })

const mailSender = z
  .string()
  .regex(/^([^<>]*<)?[^\s<>@]+@[^\s<>@]+>?$/, 'must be a mail address such as Weft <weft@example.org>')

/** A host as the URL parser writes it, so that one is not named in two ways; with its port, where that is another one. */
const hostList = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .refine(
    (hosts) => hosts.every((host) => URL.canParse(`http://${host}/`) && new URL(`http://${host}/`).host === host),
    'must list hosts by commas, such as "wiki.internal, 10.0.0.7:8080"',
  )

const notYet = (what: string) =>
  z.undefined({ error: `is not supported yet: remove it. ${what} comes with a later version.` }).optional()

const Environment = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: publicAddress.optional(),
  TRUST_PROXY: trustedProxies.default([]),
  DATA_DIR: z.string().min(1).default('./data'),
  SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SIGN_UP: z.enum(['invited', 'open'], { error: 'must be "invited" or "open"' }).default('invited'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('warn'),
  WEBSOCKETS: z.enum(['allowed', 'refused'], { error: 'must be "allowed" or "refused"' }).default('allowed'),
  OIDC_DISCOVERY_URL: webAddress.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -')
    .default('oidc'),
  OIDC_NAME: z.string().min(1).max(80).default('Single sign-on'),
  OIDC_SCOPES: z.string().default('openid profile email'),
  SMTP_URL: mailServer.optional(),
  MAIL_FROM: mailSender.optional(),
  NOTIFICATION_DAYS: whole(1, 3_650).default(30),
  LINK_PREVIEWS: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('on'),
  LINK_PREVIEW_HOSTS: hostList.default([]),
  DATABASE_URL: notYet('PostgreSQL'),
  REDIS_URL: notYet('Running several processes'),
})

const limitSchema = whole(1, Number.MAX_SAFE_INTEGER)

function oidcOf(env: z.infer<typeof Environment>): OidcConfig | null {
  const { OIDC_DISCOVERY_URL: discoveryUrl, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!discoveryUrl && !clientId && !clientSecret) return null
  if (!discoveryUrl || !clientId || !clientSecret) {
    throw new StartError('OIDC_DISCOVERY_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three.')
  }
  const scopes = env.OIDC_SCOPES.split(/[\s,]+/).filter((scope) => scope !== '')
  return { id: env.OIDC_ID, name: env.OIDC_NAME, discoveryUrl, clientId, clientSecret, scopes }
}

function readLimits(env: NodeJS.ProcessEnv): Limits {
  const unknown = Object.keys(env).find(
    (name) => name.startsWith('LIMIT_') && !limitNames.some((limit) => limitVariable(limit) === name),
  )
  if (unknown) throw new StartError(`${unknown} is no limit of Weft: see the list of limits in docs/configuration.md.`)
  const read = (name: LimitName): number => {
    const text = env[limitVariable(name)]
    if (text === undefined || text === '') return limitTable[name].default
    const parsed = limitSchema.safeParse(text)
    if (parsed.success) return parsed.data
    throw new StartError(`${limitVariable(name)} ${parsed.error.issues[0]?.message} (${limitTable[name].unit}).`)
  }
  return Object.fromEntries(limitNames.map((name) => [name, read(name)])) as Limits
}

/**
 * Reads the environment, makes `DATA_DIR` and, when `SECRET` is absent, the secret in it. An empty variable is an
 * absent one. Throws a StartError that says which variable is wrong and why.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartError(`${String(issue?.path[0])} ${issue?.message}`.replace(/\.?$/, '.'))
  }
  const values = parsed.data
  const limits = readLimits(env)
  const oidc = oidcOf(values)
  const dataDir = resolve(values.DATA_DIR)
  prepareDataDir(dataDir)
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? null,
    trustProxy: values.TRUST_PROXY,
    dataDir,
    secret: values.SECRET ?? ownSecret(dataDir),
    signUp: values.SIGN_UP,
    logLevel: values.LOG_LEVEL,
    webSockets: values.WEBSOCKETS,
    oidc,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? null,
    notificationDays: values.NOTIFICATION_DAYS,
    linkPreviews: values.LINK_PREVIEWS,
    linkPreviewHosts: values.LINK_PREVIEW_HOSTS,
    limits,
  }
}
