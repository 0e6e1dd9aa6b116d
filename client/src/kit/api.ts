import { createORPCClient, ORPCError } from '@orpc/client'
import { type AnyContractRouter, type ContractRouterClient, isContractProcedure } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { commandIdHeader, commandUserHeader } from '@weft/shared/api'
import { authContract } from '@weft/shared/auth'
import { documentsContract } from '@weft/shared/documents'
import { type CommandId, ErrorBody, randomId, WeftError } from '@weft/shared/kit'
import { presenceContract } from '@weft/shared/presence'
import { syncContract } from '@weft/shared/sync'
import { workspacesContract } from '@weft/shared/workspaces'

export interface CallContext {
  /** Of a command that may be sent again later, from an earlier page too [EVENT-4]; others get one each. */
  commandId?: CommandId
  /** Whose command it is: the server executes it for nobody else, whoever has signed in by now. */
  userId?: string
  /** Sees the answer, whatever it is: for what only its headers say. */
  answered?(response: Response): void
}

/** The connection failed, so nobody can tell whether the call arrived. */
export class OfflineError extends Error {
  constructor(options?: { cause?: unknown }) {
    super('the server cannot be reached', options)
    this.name = 'OfflineError'
  }
}

const pauses = [300, 1_200]
const passing = new Set([502, 503, 504])

/** A command carries its id, so repeating it after a broken connection changes nothing. Queries are repeated by their cache. */
async function patientFetch(request: Request): Promise<Response> {
  for (const pause of request.headers.has(commandIdHeader) ? pauses : []) {
    const response = await fetch(request.clone()).catch(() => null)
    if (response !== null && !passing.has(response.status)) return response
    if (!navigator.onLine) break
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return fetch(request).catch((cause: unknown) => {
    if (request.signal.aborted) throw cause
    throw new OfflineError({ cause })
  })
}

/** What the server says no with, as the error that everybody knows; others as they are. */
export function weftError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error
  const data: unknown = error.data
  const bodies = [data, typeof data === 'object' && data !== null && 'body' in data ? data.body : null]
  for (const body of bodies) {
    const parsed = ErrorBody.safeParse(body)
    if (parsed.success) return new WeftError(parsed.data.id, parsed.data.message, { cause: error })
  }
  if (passing.has(error.status)) return new OfflineError({ cause: error })
  return error
}

/** Names of the calls that change nothing, and so need no id. */
const queriesOf = (contract: Record<string, AnyContractRouter>): Set<string> =>
  new Set(
    Object.entries(contract).flatMap(([room, calls]) =>
      Object.entries(calls).flatMap(([name, call]) =>
        isContractProcedure(call) && call['~orpc'].route.method === 'GET' ? [`${room}.${name}`] : [],
      ),
    ),
  )

/** The calls of some rooms, typed by their contracts. Rejects with `WeftError` or `OfflineError`. */
export function clientOf<C extends Record<string, AnyContractRouter>>(
  contract: C,
): ContractRouterClient<C, CallContext> {
  const queries = queriesOf(contract)
  const link = new OpenAPILink<CallContext>(contract, {
    url: () => `${window.location.origin}/api/v1`,
    headers: ({ context }, path) =>
      queries.has(path.join('.'))
        ? {}
        : {
            [commandIdHeader]: context.commandId ?? randomId(),
            ...(context.userId === undefined ? {} : { [commandUserHeader]: context.userId }),
          },
    fetch: async (request, _init, { context }) => {
      const response = await patientFetch(request)
      context.answered?.(response)
      return response
    },
    interceptors: [
      async ({ next }) => {
        try {
          return await next()
        } catch (error) {
          throw weftError(error)
        }
      },
    ],
  })
  return createORPCClient(link)
}

/** The rooms that every page starts with. One that is loaded later brings its contract along, by `clientOf`. */
export const api = clientOf({
  auth: authContract,
  workspaces: workspacesContract,
  documents: documentsContract,
  presence: presenceContract,
  sync: syncContract,
})
