import { WeftError } from '@weft/shared/kit'
import { z } from 'zod'
import { type FileCall, sendCall } from './calls.ts'
import type { OutboxRow, Refusal } from './OutboxRow.ts'

/** What became of sending a command once. */
export type Carried =
  /** `seq`: what its window has come to then, if it has one. */
  | { outcome: 'done'; seq?: number }
  /** The server has said no, for what the command is. */
  | { outcome: 'refused'; refusal: Refusal }
  | { outcome: 'signed-out' }
  /** Nobody knows whether it arrived, or it may work later. `all`: so would others fare now. `after` in ms, if told. */
  | { outcome: 'later'; all: boolean; after: number | null }

/**
 * Only the server's own word refuses: a 403 of a proxy or the page of a café's network says nothing about a command.
 * `after`: what `Retry-After` said, ms.
 */
export function carriedBy(error: unknown, after: number | null): Carried {
  if (!(error instanceof WeftError)) return { outcome: 'later', all: true, after }
  switch (error.reaction) {
    case 'sign-in':
      return { outcome: 'signed-out' }
    case 'correct':
    case 'fatal':
      return { outcome: 'refused', refusal: { why: error.id, message: error.message } }
    default:
      // An error inside the server may well be this command's alone.
      return { outcome: 'later', all: error.id !== 'internal', after }
  }
}

/** Seconds or a date, as HTTP has it; ms from `now`, null if it says nothing. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** What sends files, which are no JSON. */
export interface CarriesFiles {
  carry(input: FileCall['input']): Promise<{ error: unknown; after: string | null }>
}

/** What commands on a window answer with. */
const Answer = z.object({ seq: z.number() })

/** Sends a command to the server that served this page, under its own id and in the name of `userId`. */
export async function carry(
  { call, commandId }: OutboxRow,
  userId: string,
  now: () => number,
  files: () => Promise<CarriesFiles>,
): Promise<Carried> {
  if (call.name === 'files.add') {
    const { error, after } = await (await files()).carry(call.input)
    return error === null ? { outcome: 'done' } : carriedBy(error, retryAfter(after, now()))
  }
  let after: number | null = null
  const context = {
    commandId,
    userId,
    answered: ({ headers }: Response) => {
      after = retryAfter(headers.get('retry-after'), now())
    },
  }
  try {
    const answer = await sendCall(call, context).catch((error: unknown) => {
      const place = withoutSibling(call, error)
      if (place === null) throw error
      return sendCall(place, context)
    })
    const { data } = Answer.safeParse(answer)
    return data === undefined ? { outcome: 'done' } : { outcome: 'done', ...data }
  } catch (error) {
    return carriedBy(error, after)
  }
}

type SentCall = Parameters<typeof sendCall>[0]

/** The sibling that it should stand behind has gone elsewhere in the meantime: the same place, at its end. */
function withoutSibling(call: SentCall, error: unknown): SentCall | null {
  if (!(error instanceof WeftError) || error.id !== 'invalid-input') return null
  switch (call.name) {
    case 'documents.move':
      return call.input.afterId ? { name: call.name, input: { ...call.input, afterId: undefined } } : null
    case 'documents.create':
      return call.input.afterId ? { name: call.name, input: { ...call.input, afterId: undefined } } : null
    case 'documents.duplicate':
      return call.input.afterId ? { name: call.name, input: { ...call.input, afterId: undefined } } : null
    default:
      return null
  }
}
