import type { Failure } from './messages.ts'

/** What can be cloned of an error, for the other thread. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'WEFT_UNKNOWN', message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'WEFT_UNKNOWN'
  return { code, message: error.message }
}
