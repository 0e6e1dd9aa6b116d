import { z } from 'zod'
import { post } from './accounts.ts'

const Codes = z.object({ backupCodes: z.array(z.string()) })

/** What an app is set up with, and what is kept for the day on which it is lost. */
export interface TwoFactorStart {
  /** `otpauth://…`, as apps read it from a picture. */
  uri: string
  /** The same in letters, for whoever types it. */
  secret: string
  backupCodes: string[]
}

/** Each rejects like the calls of `accounts.ts`. Nothing asks for a code before `confirmTwoFactor` has seen one. */
export async function startTwoFactor(password: string): Promise<TwoFactorStart> {
  const { totpURI, backupCodes } = Codes.extend({ totpURI: z.url() }).parse(
    await post('two-factor/enable', { password }),
  )
  return { uri: totpURI, secret: new URL(totpURI).searchParams.get('secret') ?? '', backupCodes }
}
export const confirmTwoFactor = (code: string) => post('two-factor/verify-totp', { code: digitsOf(code) })
export const stopTwoFactor = (password: string) => post('two-factor/disable', { password })
export const renewBackupCodes = async (password: string): Promise<string[]> =>
  Codes.parse(await post('two-factor/generate-backup-codes', { password })).backupCodes

/** The second half of a sign-in. `remember`: this device is asked for no code in the next thirty days. */
export const signInWithCode = (code: string, remember: boolean) =>
  post('two-factor/verify-totp', { code: digitsOf(code), trustDevice: remember })
export const signInWithBackupCode = (code: string, remember: boolean) =>
  post('two-factor/verify-backup-code', { code: backupCodeOf(code), trustDevice: remember })

/** Apps show codes in groups. */
export const digitsOf = (typed: string): string => typed.replace(/\D/g, '')

/** As they are made: two halves of five; whoever types one may leave out the dash, or have a space for it. */
export const backupCodeOf = (typed: string): string => typed.replace(/[\s-]/g, '').replace(/^(.{5})(?=.)/, '$1-')
