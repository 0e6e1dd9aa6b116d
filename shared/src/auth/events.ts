import { z } from 'zod'
import { UserId } from '../kit/index.ts'

/** What happens to accounts, in no workspace. */
export const accountFacts = [
  /** A person has another name or picture; which is theirs to say, and not in the log. */
  z.object({ type: z.literal('account.changed'), userId: UserId }),
  /** A person chose something for all their devices; which is theirs to read, and not in the log. */
  z.object({ type: z.literal('account.settings-changed'), userId: UserId }),
  /** A person was signed out on a device, there or from elsewhere: what that device holds open ends. */
  z.object({ type: z.literal('account.session-ended'), userId: UserId, sessionId: z.string() }),
] as const
