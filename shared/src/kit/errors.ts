import { z } from 'zod'

/** What the one who asked can do about an error. Clients act on this alone; `message` is for people. */
export const Reaction = z.enum(['retry', 'sign-in', 'reload', 'correct', 'fatal'])
export type Reaction = z.infer<typeof Reaction>

const known = {
  'signed-out': { status: 401, reaction: 'sign-in' },
  'not-found': { status: 404, reaction: 'fatal' },
  'not-permitted': { status: 403, reaction: 'fatal' },
  'invalid-input': { status: 400, reaction: 'correct' },
  conflict: { status: 409, reaction: 'correct' },
  'invite-not-valid': { status: 410, reaction: 'fatal' },
  'sign-up-closed': { status: 403, reaction: 'fatal' },
  'foreign-origin': { status: 403, reaction: 'fatal' },
  'too-large': { status: 413, reaction: 'correct' },
  'workspace-full': { status: 507, reaction: 'fatal' },
  'too-many': { status: 429, reaction: 'retry' },
  'document-set-aside': { status: 422, reaction: 'fatal' },
  'storage-stopped': { status: 503, reaction: 'retry' },
  internal: { status: 500, reaction: 'retry' },
} as const satisfies Record<string, { status: number; reaction: Reaction }>

export type ErrorId = keyof typeof known
export const ErrorId = z.enum(Object.keys(known) as [ErrorId, ...ErrorId[]])

/** The body of every error answer. */
export const ErrorBody = z.object({ id: ErrorId, reaction: Reaction, message: z.string() })
export type ErrorBody = z.infer<typeof ErrorBody>

/** The one error class that rooms throw on purpose; `message` says what happened and what to do. */
export class WeftError extends Error {
  readonly id: ErrorId
  readonly reaction: Reaction
  readonly status: number

  constructor(id: ErrorId, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'WeftError'
    this.id = id
    this.reaction = known[id].reaction
    this.status = known[id].status
  }

  toBody(): ErrorBody {
    return { id: this.id, reaction: this.reaction, message: this.message }
  }
}
