import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OpenAPI } from '@orpc/openapi'
import type { Account } from '@weft/shared/auth'
import { WeftError } from '@weft/shared/kit'
import { type RequestHandler, Router } from 'express'
import { z } from 'zod'

interface Description<S extends z.ZodObject> {
  /** GET unless said otherwise. With PUT, `handle` reads the body, which is not JSON. */
  method?: 'PUT'
  /** As OpenAPI writes it: `/workspaces/{workspaceId}/…`. */
  path: string
  summary: string
  tags: string[]
  /** The media types of the body. */
  takes?: string[]
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

/** A route below `/api/v1` whose answer or body is no JSON object: a stream, a file. Described beside the contract's calls. */
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

const paramsIn = /\{(\w+)\}/g

/** Whether a request brings a body for one of the routes, which reads it itself. */
export function bringsBytes(routes: readonly RawRoute[]): (request: { method: string; path: string }) => boolean {
  const paths = routes.flatMap(({ method, path }) =>
    method === 'PUT' ? [new RegExp(`^${path.replaceAll(paramsIn, '[^/]+')}/?$`)] : [],
  )
  return ({ method, path }) => method === 'PUT' && paths.some((pattern) => pattern.test(path))
}

/** Serves the routes; who asks is in `response.locals.account`. */
export function serveRaw(
  routes: readonly RawRoute[],
  session: (request: IncomingMessage) => Promise<Account | null>,
): RequestHandler {
  const router = Router()
  for (const { method = 'GET', path, handle } of routes) {
    // Not Express' `get`, which answers HEAD too: a stream would never end.
    router.all(path.replaceAll(paramsIn, ':$1'), async (request, response, next) => {
      if (request.method !== method) return next()
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
    routes.map(({ method = 'GET', path, summary, tags, takes, answers, input }) => [
      path,
      {
        [method.toLowerCase()]: {
          summary,
          tags,
          parameters: parametersOf(path, input),
          ...(takes && { requestBody: { required: true, content: contentOf(takes) } }),
          responses: { 200: { description: 'OK', content: contentOf(answers) } },
        },
      },
    ]),
  )

const contentOf = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, {}]))

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
