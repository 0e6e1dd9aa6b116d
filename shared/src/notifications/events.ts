import { z } from 'zod'
import { UserId } from '../kit/index.ts'

/** What somebody who got into an account would do there, or did to get in. */
export const AccountWarning = z.enum([
  'new-sign-in',
  'password-changed',
  'two-factor-on',
  'two-factor-off',
  'backup-codes-renewed',
  'passkey-added',
  'passkey-removed',
])
export type AccountWarning = z.infer<typeof AccountWarning>

/** What happens that people are warned of. */
export const notificationFacts = [
  /** A workspace takes so much of its room; told once for each step, until it has shrunk below it. */
  z.object({ type: z.literal('workspace.filling'), percent: z.number().int() }),
  /** Of nobody's workspace: something about an account that its person should know. */
  z.object({
    type: z.literal('account.warned'),
    userId: UserId,
    warning: AccountWarning,
  }),
] as const
