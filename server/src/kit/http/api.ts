import type { IncomingMessage } from 'node:http'
import { implement } from '@orpc/server'
import { apiContract } from '@weft/shared/api'
import type { Account } from '@weft/shared/auth'
import { type CommandId, WeftError } from '@weft/shared/kit'

/** What a call knows of the request that brought it. */
export interface RequestContext {
  request: IncomingMessage
  /** Null: not signed in. */
  account: Account | null
  /** [EVENT-4] Repeating a command with the same id changes nothing and gets the first answer. */
  commandId: CommandId | null
}

/** For calls that strangers may make. */
export const openApi = implement(apiContract).$context<RequestContext>()

/** For everything else: `context.account` is whoever asks. Decided before the input is looked at. */
export const api = openApi.use(({ context, next }) => {
  if (context.account === null) throw new WeftError('signed-out', 'Sign in first.')
  return next({ context: { account: context.account } })
})
