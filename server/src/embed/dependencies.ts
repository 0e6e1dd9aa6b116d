import type { IncomingMessage } from 'node:http'
import type { Auth } from '../auth/index.ts'
import type { Documents } from '../documents/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { Commit } from '../workspaces/index.ts'

/** What embedding needs of the other rooms; `app.ts` puts it together. */
export interface EmbedDependencies {
  storage: Storage
  clock: Clock
  log: Log
  commit: Commit
  documents: Pick<Documents, 'get' | 'outsideRoleOf'>
  issueToken: Auth['tokens']['issueFor']
  admitVisitor: Auth['admitVisitor']
  signInOf(request: IncomingMessage): Promise<string>
  /** Signs what outlives a request. */
  secret: string
  /** Of one key. */
  tokensPerMinute: number
}
