import { ORPCError, ValidationError } from '@orpc/server'
import { type ErrorId, WeftError } from '@weft/shared/kit'
import type { ErrorRequestHandler } from 'express'
import { z } from 'zod'
import type { Log } from '../logger.ts'

const statusIds: Record<number, ErrorId> = {
  401: 'signed-out',
  403: 'not-permitted',
  404: 'not-found',
  408: 'invalid-input',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many',
}

function fromStatus(status: number, cause: unknown): WeftError | null {
  if (status < 400 || status >= 500) return null
  const id = statusIds[status] ?? 'invalid-input'
  const message =
    id === 'too-large'
      ? 'This request is larger than the server takes.'
      : id === 'not-found'
        ? 'There is no such address.'
        : 'The request could not be read.'
  return new WeftError(id, message, { cause })
}

const WithStatus = z.object({ status: z.number().int() })

/** The one place where whatever was thrown becomes what the caller is told. Unknown errors tell nothing. */
export function toWeftError(error: unknown): WeftError {
  if (error instanceof WeftError) return error
  if (error instanceof ORPCError && error.cause instanceof WeftError) return error.cause
  if (error instanceof ORPCError && error.status === 400 && error.cause instanceof ValidationError) {
    const issue = error.cause.issues[0]
    const field = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    return new WeftError('invalid-input', `${field === '' ? 'The body' : field}: ${issue?.message ?? 'not valid'}.`)
  }
  const status = WithStatus.safeParse(error)
  const known = status.success ? fromStatus(status.data.status, error) : null
  return known ?? new WeftError('internal', 'Something went wrong on the server. Try again.', { cause: error })
}

/** Logs what nobody threw on purpose. The stack is in it, the request's contents are not. */
export function logUnexpected(log: Log, error: unknown, where: { method?: string | undefined; path?: string }): void {
  const told = toWeftError(error)
  if (told.status < 500) return
  log.error({ err: told.cause ?? told, ...where }, 'a request failed')
}

/** Express' own errors: what its parsers refuse, and what a handler forgot. */
export function errorHandler(log: Log): ErrorRequestHandler {
  return (error, request, response, next) => {
    logUnexpected(log, error, { method: request.method, path: request.path })
    if (response.headersSent) return next(error)
    const told = toWeftError(error)
    response.status(told.status).json(told.toBody())
  }
}
