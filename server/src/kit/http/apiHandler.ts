import type { IncomingMessage } from 'node:http'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError, type Router } from '@orpc/server'
import { type apiContract, commandIdHeader, commandUserHeader } from '@weft/shared/api'
import type { Account } from '@weft/shared/auth'
import { CommandId, WeftError } from '@weft/shared/kit'
import { Router as expressRouter } from 'express'
import type { Log } from '../logger.ts'
import type { RequestContext } from './api.ts'
import { logUnexpected, toWeftError } from './errors.ts'
import { jsonBody } from './jsonBody.ts'
import { bringsBytes, type RawRoute, serveRaw } from './rawRoutes.ts'
import type { RequestRate } from './requestRate.ts'

export type ApiRouter = Router<typeof apiContract, RequestContext>

export interface ApiHandlerOptions {
  router: ApiRouter
  session(request: IncomingMessage): Promise<Account | null>
  rate: RequestRate
  bodyBytes: number
  /** What answers otherwise than with an object. */
  raw: readonly RawRoute[]
  log: Log
}

function commandIdOf(request: IncomingMessage): CommandId | null {
  const sent = request.headers[commandIdHeader]
  if (sent === undefined) return null
  const parsed = CommandId.safeParse(sent)
  if (parsed.success) return parsed.data
  throw new WeftError('invalid-input', 'Idempotency-Key: not a command id, 16 to 40 of [A-Za-z0-9_-].')
}

/** A command that waited on a device, in a browser where somebody else has signed in by now, is not theirs. */
function checkUser(request: IncomingMessage, account: Account): void {
  const named = request.headers[commandUserHeader]
  if (named === undefined || named === account.id) return
  throw new WeftError('signed-out', 'Somebody else is signed in now. Sign in as yourself first.')
}

/** Serves the contract below `/api/v1`; every error is an `ErrorBody`. */
export function apiHandler({ router, session, rate, bodyBytes, raw, log }: ApiHandlerOptions): expressRouter {
  const handler = new OpenAPIHandler<RequestContext>(router, {
    interceptors: [
      async ({ next, request }) => {
        try {
          return await next()
        } catch (error) {
          logUnexpected(log, error, { method: request.method, path: request.url.pathname })
          const told = toWeftError(error)
          throw new ORPCError(told.id, { status: told.status, message: told.message, cause: told })
        }
      },
    ],
    customErrorResponseBodyEncoder: (error) => toWeftError(error).toBody(),
  })
  const routes = expressRouter()
  const readJson = jsonBody(bodyBytes)
  const isForRaw = bringsBytes(raw)
  routes.use((request, response, next) => (isForRaw(request) ? next() : readJson(request, response, next)))
  routes.use(async (request, response, next) => {
    const account = await session(request)
    if (account !== null) {
      checkUser(request, account)
      try {
        rate.count(account.id)
      } catch (error) {
        response.setHeader('retry-after', rate.secondsLeft)
        throw error
      }
    }
    response.setHeader('cache-control', 'no-store')
    response.locals.account = account
    next()
  })
  routes.use(serveRaw(raw, session))
  routes.use(async (request, response, next) => {
    // Never undefined: the library would read the request itself.
    request.body ??= {}
    const account: Account | null = response.locals.account
    const context = { request, account, commandId: commandIdOf(request) }
    const { matched } = await handler.handle(request, response, { prefix: '/api/v1', context })
    if (!matched) next()
  })
  return routes
}
