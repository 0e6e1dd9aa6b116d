import { type ActivityGroup, activityTypes } from '@weft/shared/activity'
import type { TFunction } from 'i18next'
import type { Names } from './names.ts'

/** Who did it. */
export function actorText({ actorId }: ActivityGroup, names: Names, t: TFunction<'activity'>): string {
  return actorId === null ? t('server') : (names.person(actorId)?.name ?? t('someone'))
}

/** What was done, without who and where. */
export function didText(
  { type, actorId, entries }: ActivityGroup,
  names: Names,
  t: TFunction<'activity'>,
  language: string,
): string {
  const subjects = [...new Set(entries.flatMap(({ subjectId }) => subjectId ?? []))]
  if (type === 'member.removed' && subjects[0] === actorId) return t('did.member_left')
  const known = activityTypes.find((one) => one === type)
  if (known === undefined) return t('did.other')
  const people = subjects.map((id) => names.person(id)?.name ?? t('someone'))
  return t(`did.${known.replace('.', '_')}`, { names: new Intl.ListFormat(language).format(people) })
}

/** When, how often, and how much: what is worth a second look. */
export function moreText({ type, entries }: ActivityGroup, t: TFunction<'activity'>, language: string): string {
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const [newest] = entries
  if (newest === undefined) return ''
  const first = Math.min(...entries.map(({ at, detail }) => detail.from ?? at))
  const parts = [time.formatRange(first, newest.at)]
  if (entries.length > 1) parts.push(t('times', { count: entries.length }))
  if (type === 'document.edited') {
    const number = new Intl.NumberFormat(language)
    const sum = (of: 'added' | 'removed') =>
      number.format(entries.reduce((all, { detail }) => all + (detail[of] ?? 0), 0))
    parts.push(t('characters', { added: sum('added'), removed: sum('removed') }))
  }
  return parts.join(' · ')
}
