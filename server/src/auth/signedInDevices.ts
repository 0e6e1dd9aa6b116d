import type { IncomingMessage } from 'node:http'
import { type AccountSecurity, AccountSecurity as AccountSecuritySchema } from '@weft/shared/auth'
import { type UserId, WeftError } from '@weft/shared/kit'
import { fromNodeHeaders } from 'better-auth/node'
import { sql } from 'kysely'
import type { Storage } from '../storage/port.ts'
import type { AccountLibrary } from './accountLibrary.ts'
import type { SecondFactors } from './secondFactors.ts'

export interface SignedInDevices {
  /** The session that a request carries. Throws `signed-out` without one. */
  sessionOf(request: IncomingMessage): Promise<string>
  isSignedIn(sessionId: string): Promise<boolean>
  security(userId: UserId, current: string): Promise<AccountSecurity>
  /** Throws `not-found` for what is not one of the person's own. */
  signOut(userId: UserId, sessionId: string): Promise<void>
  signOutOthers(userId: UserId, current: string): Promise<void>
}

/**
 * Where a person is signed in. The library's own list is not handed out: it names the secrets of the other sessions, and
 * asks for a sign-in of today.
 */
export function createSignedInDevices(
  library: AccountLibrary,
  storage: Storage,
  secondFactors: SecondFactors,
): SignedInDevices {
  const twoFactorOf = async (userId: UserId): Promise<AccountSecurity['twoFactor']> => {
    if (!(await secondFactors.isOn(userId))) return null
    const { backupCodes } = await library.api.viewBackupCodes({ body: { userId } })
    return { backupCodesLeft: backupCodes.length }
  }

  const sessionsOf = async (userId: UserId) => {
    const { internalAdapter } = await library.$context
    return internalAdapter.listSessions(userId, { onlyActiveSessions: true })
  }

  const end = async (token: string): Promise<void> => {
    const { internalAdapter } = await library.$context
    await internalAdapter.deleteSession(token)
  }

  return {
    async sessionOf(request) {
      const found = await library.api.getSession({ headers: fromNodeHeaders(request.headers) })
      if (!found) throw new WeftError('signed-out', 'Sign in first.')
      return found.session.id
    },

    async isSignedIn(sessionId) {
      // The library's own table, which our schema does not describe.
      const { rows } = await sql`select 1 from session where id = ${sessionId}`.execute(storage.read)
      return rows.length > 0
    },

    async security(userId, current) {
      const { internalAdapter } = await library.$context
      const credentials = await internalAdapter.findCredentialAccount(userId)
      const devices = (await sessionsOf(userId)).map(({ id, userAgent, createdAt, updatedAt }) => ({
        id,
        userAgent: userAgent || null,
        signedInAt: createdAt.getTime(),
        usedAt: updatedAt.getTime(),
        current: id === current,
      }))
      devices.sort((a, b) => Number(b.current) - Number(a.current) || b.usedAt - a.usedAt)
      return AccountSecuritySchema.parse({
        hasPassword: Boolean(credentials?.password),
        twoFactor: await twoFactorOf(userId),
        passkeys: await secondFactors.passkeys(userId),
        devices,
      })
    },

    async signOut(userId, sessionId) {
      const session = (await sessionsOf(userId)).find(({ id }) => id === sessionId)
      if (session === undefined) throw new WeftError('not-found', 'You are not signed in there any more.')
      await end(session.token)
    },

    async signOutOthers(userId, current) {
      for (const { id, token } of await sessionsOf(userId)) if (id !== current) await end(token)
    },
  }
}
