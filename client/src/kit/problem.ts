import { type ErrorId, WeftError } from '@weft/shared/kit'
import type { TFunction } from 'i18next'
import { OfflineError } from './api.ts'

export type Problem = ErrorId | 'offline'

export function problemOf(error: unknown): Problem {
  if (error instanceof OfflineError) return 'offline'
  return error instanceof WeftError ? error.id : 'internal'
}

/** Only the server knows what is wrong with an input; everything else has its own sentence in the catalogue. */
export function problemText(error: unknown, t: TFunction<'kit'>): string {
  const problem = problemOf(error)
  if ((problem === 'invalid-input' || problem === 'conflict') && error instanceof WeftError) return error.message
  return t(`problem.${problem}`)
}
