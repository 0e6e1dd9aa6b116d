import { z } from 'zod'
import { UserId } from '../kit/index.ts'

/** What happens to accounts, in no workspace. */
export const accountFacts = [
  /** A person has another name or picture; which is theirs to say, and not in the log. */
  z.object({ type: z.literal('account.changed'), userId: UserId }),
] as const
