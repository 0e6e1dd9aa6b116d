import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OpenAPI } from '@orpc/openapi'
import type { Account } from '@weft/shared/auth'
import { WeftError } from '@weft/shared/kit'
import { type RequestHandler, Router } from 'express'
import { z } from 'zod'

interface Description<S extends z.ZodObject> {
  /** As OpenAPI writes it: `/workspaces/{workspaceId}/…`. */
  path: string
  summary: string
  tags: string[]
  /** The media types of the answer. */
  answers: string[]
  /** Parameters of the path and of the query. What does not fit is answered with `invalid-input`. */
  input: S
}

export interface RawCall {
  request: IncomingMessage
  response: ServerResponse
  account: Account
  /** For answers that go on for long: whether the cookie is still good. */
  isSignedIn(): Promise<boolean>
}

/** A GET below `/api/v1` whose answer is no JSON object: a stream, a file. Described beside the contract's calls. */
export interface RawRoute extends Description<z.ZodObject> {
  handle(sent: Record<string, unknown>, call: RawCall): Promise<void>
}

/** Makes a route; `handle` gets what was sent as the schema reads it. */
export const rawRoute = <S extends z.ZodObject>(
  route: Description<S> & { handle(input: z.output<S>, call: RawCall): Promise<void> },
): RawRoute => ({ ...route, handle: (sent, call) => route.handle(read(route.input, sent), call) })

/** Reads what was sent; throws `invalid-input` that names the field. */
export function read<S extends z.ZodType>(schema: S, sent: unknown): z.output<S> {
  const parsed = schema.safeParse(sent)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new WeftError('invalid-input', `${issue?.path.join('.')}: ${issue?.message}.`)
}

/** Serves the routes; who asks is in `response.locals.account`. */
export function serveRaw(
  routes: readonly RawRoute[],
  session: (request: IncomingMessage) => Promise<Account | null>,
): RequestHandler {
  const router = Router()
  for (const { path, handle } of routes) {
    // Not Express' `get`, which answers HEAD too: a stream would never end.
    router.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), async (request, response, next) => {
      if (request.method !== 'GET') return next()
      const account: Account | null = response.locals.account
      if (account === null) throw new WeftError('signed-out', 'Sign in first.')
      const isSignedIn = async (): Promise<boolean> => (await session(request))?.id === account.id
      await handle({ ...request.query, ...request.params }, { request, response, account, isSignedIn })
    })
  }
  return router
}

/** The routes for the OpenAPI document. */
export const describeRaw = (routes: readonly RawRoute[]): NonNullable<OpenAPI.Document['paths']> =>
  Object.fromEntries(
    routes.map(({ path, summary, tags, answers, input }) => [
      path,
      {
        get: {
          summary,
          tags,
          parameters: parametersOf(path, input),
          responses: { 200: { description: 'OK', content: Object.fromEntries(answers.map((type) => [type, {}])) } },
        },
      },
    ]),
  )

function parametersOf(path: string, input: z.ZodObject) {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: path.includes(`{${name}}`) ? 'path' : 'query',
    required: required.includes(name),
    description: (typeof schema === 'object' && schema.description) || '',
    schema: { type: 'string' as const },
  }))
}
