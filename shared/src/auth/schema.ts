import { z } from 'zod'
import { UserId } from '../kit/index.ts'

/** What others see of a person. */
export const Person = z.object({
  id: UserId,
  name: z.string(),
  /** `#rrggbb`, the same on every device; in a workspace different from the others’ while there are colours left. */
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  image: z.string().nullable(),
})
export type Person = z.infer<typeof Person>

/** What a person sees of themselves. */
export const Account = Person.extend({ email: z.string(), ownsInstallation: z.boolean() })
export type Account = z.infer<typeof Account>

/** Who may make an account now, and how one may sign in; what those pages show. */
export const SignUpState = z.object({
  /** `first`: nobody has an account yet, whoever signs up owns the installation. */
  mode: z.enum(['first', 'invited', 'open']),
  /** The provider of accounts that the installation trusts: what to ask `sign-in/social` for, and what to call it. */
  singleSignOn: z.object({ id: z.string(), name: z.string() }).nullable(),
})
export type SignUpState = z.infer<typeof SignUpState>
