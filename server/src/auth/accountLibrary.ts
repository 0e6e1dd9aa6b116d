import { passkeyLimits } from '@weft/shared/auth'
import { randomId, UserId, WeftError } from '@weft/shared/kit'
import type { AccountWarning } from '@weft/shared/notifications'
import { nameLimit } from '@weft/shared/workspaces'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { createAuthMiddleware, getOAuthState, getSessionFromCtx, isAPIError } from 'better-auth/api'
import { z } from 'zod'
import type { Config } from '../config/index.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { AccountChanges } from './accountChanges.ts'
import { accountPlugins } from './accountPlugins.ts'
import { type Admission, asApiError, inviteHeader } from './admission.ts'
import type { SecondFactors } from './secondFactors.ts'
import type { AccountWarnings } from './warnings.ts'

/** Set by us on every request from the socket's address or a trusted proxy; what a client sends in it is dropped. */
export const addressHeader = 'x-weft-client-address'

export interface AccountLibraryDependencies {
  storage: Storage
  config: Config
  publicUrl: string
  origins: readonly string[]
  admission: Admission
  warnings: AccountWarnings
  changes: AccountChanges
  secondFactors: SecondFactors
  /** Before the library deletes an account. Throws where it must not. */
  forgetAccount(userId: UserId): Promise<void>
  log: Log
}

const Name = z.string().trim().min(1, 'a name is needed').max(nameLimit)
const Image = z
  .string()
  .max(2_000)
  // Never one of our own pictures: it may be somebody else's, and goes with the next one that is uploaded.
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', 'must be an https address')

function profile(data: { name?: unknown; image?: unknown }): { name?: string; image?: string | null } {
  const parsed = z.object({ name: Name.optional(), image: Image.nullish() }).safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw asApiError(new WeftError('invalid-input', `${issue?.path.join('.')}: ${issue?.message}.`))
  }
  const { name, image } = parsed.data
  return { ...(name === undefined ? {} : { name }), ...(image === undefined ? {} : { image }) }
}

async function inviteOf(headers: Headers | undefined): Promise<string | null> {
  const sent = headers?.get(inviteHeader)
  if (sent) return sent.slice(0, 200)
  // Those who come back from single sign-on carried it in the state that went around with them.
  const state = await getOAuthState().catch(() => null)
  const carried: unknown = state?.invite
  return typeof carried === 'string' ? carried.slice(0, 200) : null
}

/**
 * Whoever has a password says it before their account goes. The library is content with a sign-in of today, which is
 * what those have who come by single sign-on.
 */
async function requirePassword(ctx: Parameters<typeof getSessionFromCtx>[0] & { body?: unknown }): Promise<void> {
  const session = await getSessionFromCtx(ctx)
  if (session === null) return
  const { password } = z.object({ password: z.string().optional() }).catch({}).parse(ctx.body)
  const account = await ctx.context.internalAdapter.findCredentialAccount(session.user.id)
  if (account?.password && !password) {
    throw asApiError(new WeftError('invalid-input', 'password: needed to delete an account.'))
  }
}

const namesPasskey = new Set(['/passkey/verify-registration', '/passkey/update-passkey'])

function requirePasskeyName(body: unknown): void {
  const named = z.object({ name: z.string().trim().min(1).max(passkeyLimits.name) }).safeParse(body)
  if (!named.success) throw asApiError(new WeftError('invalid-input', 'name: needed, and no longer than a line.'))
}

/** Changes of how one gets into an account, of which its person is told. */
const warningOf: Record<string, Exclude<AccountWarning, 'new-sign-in'>> = {
  '/change-password': 'password-changed',
  '/two-factor/generate-backup-codes': 'backup-codes-renewed',
  '/passkey/verify-registration': 'passkey-added',
  '/passkey/delete-passkey': 'passkey-removed',
}

/** How the account library is set up here; passwords, sessions and single sign-on are its business. */
export function accountOptions(deps: AccountLibraryDependencies) {
  const { storage, config, publicUrl, origins, admission, warnings, changes, secondFactors, forgetAccount, log } = deps
  const perMinute = { window: 60, max: config.limits.signInsPerMinute }
  return {
    appName: 'Weft',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: config.secret,
    trustedOrigins: [...origins],
    database: { db: storage.account, type: 'sqlite' },
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: {
      deleteUser: {
        enabled: true,
        beforeDelete: async ({ id }) => {
          await forgetAccount(UserId.parse(id)).catch((error: unknown) => {
            throw error instanceof WeftError ? asApiError(error) : error
          })
        },
      },
    },
    session: { expiresIn: 30 * 86_400, updateAge: 86_400 },
    account: { accountLinking: { enabled: true, trustedProviders: config.oidc ? [config.oidc.id] : [] } },
    advanced: {
      useSecureCookies: publicUrl.startsWith('https:'),
      cookiePrefix: 'weft',
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: config.limits.httpRequestsPerMinute,
      customRules: {
        '/sign-in/*': perMinute,
        '/sign-up/*': perMinute,
        '/change-password': perMinute,
        '/delete-user': perMinute,
        // Beside what the library allows each sign-in, and each account, of wrong codes.
        '/two-factor/*': perMinute,
        '/passkey/*': perMinute,
      },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      // Its arguments may hold whole requests; the sentence is enough.
      log: (level, message) => log[level === 'error' ? 'error' : 'warn']({ from: 'accounts' }, message),
    },
    onAPIError: {
      onError: (error) => {
        // What is thrown on purpose is the caller's business, and has been answered.
        if (!isAPIError(error)) log.error({ err: error }, 'the account library failed')
      },
    },
    plugins: accountPlugins(config),
    hooks: {
      // Before the library looks whether the address has an account: strangers do not learn that.
      before: createAuthMiddleware(async (ctx) => {
        if (ctx.path === '/sign-up/email') {
          const { email } = z.object({ email: z.string().nullable() }).catch({ email: null }).parse(ctx.body)
          await admission.check(await inviteOf(ctx.headers), email)
        }
        if (ctx.path === '/delete-user') await requirePassword(ctx)
        if (namesPasskey.has(ctx.path)) requirePasskeyName(ctx.body)
      }),
      after: createAuthMiddleware(async (ctx) => {
        const told = warningOf[ctx.path]
        const userId = ctx.context.session?.user.id
        if (told === undefined || userId === undefined || isAPIError(ctx.context.returned)) return
        await warnings.changed(UserId.parse(userId), told)
        if (ctx.path === '/change-password') await secondFactors.forgetDevices(UserId.parse(userId))
      }),
    },
    databaseHooks: {
      session: {
        create: {
          after: async ({ id, userId, userAgent }, ctx) => {
            // Whoever changes their password on this device goes on in a new session.
            if (ctx?.path === '/change-password') return
            // Not in yet: a code is asked for next, and makes the session that counts. Or the device needs none, being known.
            if (ctx?.path === '/sign-in/email' && (await secondFactors.isOn(UserId.parse(userId)))) return
            await warnings.signedIn({ id, userId: UserId.parse(userId), userAgent: userAgent ?? null })
          },
        },
        delete: { after: async ({ id, userId }) => changes.sessionEnded(UserId.parse(userId), id) },
      },
      user: {
        create: {
          before: async (user, ctx) => {
            const id = UserId.parse(randomId())
            const checked = profile(user)
            await admission.enter(id, await inviteOf(ctx?.headers), user.email)
            return { data: { ...user, ...checked, id } }
          },
        },
        update: {
          before: async (user) => ({ data: { ...user, ...profile(user) } }),
          after: async ({ id }, ctx) => {
            const userId = UserId.parse(id)
            await changes.changed(userId)
            // The first right code turns it on; the later ones do not change the account.
            if (ctx?.path === '/two-factor/verify-totp') await warnings.changed(userId, 'two-factor-on')
            if (ctx?.path === '/two-factor/disable') {
              await secondFactors.forgetDevices(userId)
              await warnings.changed(userId, 'two-factor-off')
            }
          },
        },
      },
    },
  } satisfies BetterAuthOptions
}

export type AccountLibrary = ReturnType<typeof createAccountLibrary>

export const createAccountLibrary = (options: ReturnType<typeof accountOptions>) => betterAuth(options)
