import { z } from 'zod'
import { UserId } from '../kit/index.ts'
import { AccountSettings, noSettings } from './settings.ts'

/** What others see of a person. */
export const Person = z.object({
  id: UserId,
  name: z.string(),
  /** `#rrggbb`, the same on every device; in a workspace different from the others’ while there are colours left. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  image: z.string().nullable(),
  visitor: z.boolean().optional().describe('Has no account: somebody let them in, for one document.'),
})
export type Person = z.infer<typeof Person>

/** What a person sees of themselves. */
export const Account = Person.extend({ email: z.string(), ownsInstallation: z.boolean() })
export type Account = z.infer<typeof Account>

/** The same with what they chose for all their devices. */
export const OwnAccount = Account.extend({ settings: AccountSettings.catch(noSettings) })
export type OwnAccount = z.infer<typeof OwnAccount>

/** What a picture of a person or a workspace may weigh, and measure each way: four times the largest that is shown. */
export const pictureLimits = { bytes: 150_000, pixels: 256 } as const
/** WebP or PNG. */
export const PictureUpload = z.object({ data: z.base64().max(Math.ceil(pictureLimits.bytes / 3) * 4) })

/** One device on which a person is signed in, or was until lately. */
export const SignedInDevice = z.object({
  id: z.string(),
  /** As its browser calls itself; null: it did not say. */
  userAgent: z.string().nullable(),
  signedInAt: z.number().int(),
  usedAt: z.number().int().describe('To within a day.'),
  current: z.boolean().describe('The one that asks.'),
})
export type SignedInDevice = z.infer<typeof SignedInDevice>

/** How many passkeys an account has at most, more than anybody has devices; and how long their names are. */
export const passkeyLimits = { count: 20, name: 60 } as const

/** A way in without a password, which lies on a device of the person's. */
export const Passkey = z.object({ id: z.string(), name: z.string(), addedAt: z.number().int() })
export type Passkey = z.infer<typeof Passkey>

/** How a person gets into their account, and where they are in it. */
export const AccountSecurity = z.object({
  hasPassword: z.boolean().describe('Without one they come by single sign-on alone.'),
  twoFactor: z
    .object({ backupCodesLeft: z.number().int() })
    .nullable()
    .describe('A sign-in with the password asks for a code too; null: it does not.'),
  passkeys: z.array(Passkey).describe('The oldest first.'),
  devices: z.array(SignedInDevice).describe('The one that asks first, then the last used one.'),
})
export type AccountSecurity = z.infer<typeof AccountSecurity>

/** Who may make an account now, and how one may sign in; what those pages show. */
export const SignUpState = z.object({
  /** `first`: nobody has an account yet, whoever signs up owns the installation. */
  mode: z.enum(['first', 'invited', 'open']),
  /** The provider of accounts that the installation trusts: what to ask `sign-in/social` for, and what to call it. */
  singleSignOn: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type SignUpState = z.infer<typeof SignUpState>
