import { WeftError } from '@weft/shared/kit'
import type { TFunction } from 'i18next'
import { problemText } from '../kit/index.ts'
import type { OutboxRow } from '../live/index.ts'

const wordsOf = ({ call, title }: OutboxRow, t: TFunction<'documents'>) => ({
  title: title || t('untitled'),
  next: (call.name === 'documents.rename' && call.input.title) || t('untitled'),
})

/** What the person did. */
export const whatText = (row: OutboxRow, t: TFunction<'documents'>): string =>
  t(`outbox.what.${row.call.name}`, wordsOf(row, t))

/** What did not happen, now that it was refused. */
export const notText = (row: OutboxRow, t: TFunction<'documents'>): string =>
  t(`outbox.not.${row.call.name}`, wordsOf(row, t))

/** Why it was refused. */
export function whyText({ refusal }: OutboxRow, t: TFunction<'documents'>, tKit: TFunction<'kit'>): string {
  if (refusal === undefined) return t('outbox.waits')
  if (refusal.why === 'too-old' || refusal.why === 'needed') return t(`outbox.${refusal.why}`)
  return problemText(new WeftError(refusal.why, refusal.message ?? ''), tKit)
}
