import type { Notification } from '@weft/shared/notifications'
import type { TFunction } from 'i18next'
import type { Names } from './names.ts'

/** So many are named; the others are counted. */
const named = 2

/** Who did it, by the names of today. */
export function whoText(row: Notification, names: Names, t: TFunction<'notifications'>, language: string): string {
  if (row.actorIds.length === 0) return t('who.server')
  const all = row.actorIds.map((id) => names.person(id)?.name ?? t('who.somebody'))
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  if (all.length <= named) return list.format(all)
  return list.format([...all.slice(0, named), t('who.others', { count: all.length - named })])
}

/** What happened, in one sentence. */
export function whatText(row: Notification, names: Names, t: TFunction<'notifications'>, language: string): string {
  const { kind, count, detail } = row
  const who = whoText(row, names, t, language)
  const workspace =
    detail.workspaceName ?? (row.workspaceId === null ? undefined : names.workspace(row.workspaceId)) ?? t('where.some')
  const role = detail.role === undefined ? '' : t(`role.${detail.role}`)
  switch (kind) {
    case 'announcement':
      return detail.title ?? t('what.announcement')
    case 'security':
      return t(`warning.${detail.warning ?? 'other'}`)
    case 'quota':
      return t('what.quota', { workspace, percent: detail.percent ?? 0 })
    case 'membership':
      if (detail.role !== undefined) return t('what.role', { who, workspace, role })
      return t(detail.suspended ? 'what.suspended' : 'what.removed', { who, workspace })
    case 'share':
      return role === '' ? t('what.share', { who }) : t('what.shareAs', { who, role })
    default:
      return t(`what.${kind}`, { who, count, workspace })
  }
}

/** More than the sentence says; null: nothing. */
export function moreText(
  { kind, detail }: Notification,
  t: TFunction<'notifications'>,
  language: string,
): string | null {
  if (detail.text !== undefined && detail.text !== '') return detail.text
  if (kind !== 'edit') return null
  const number = new Intl.NumberFormat(language)
  const { added = 0, removed = 0 } = detail
  if (added === 0 && removed === 0) return null
  return t('more.edit', { added: number.format(added), removed: number.format(removed) })
}

/** Where it happened, as it is called now; null: at no place that has a name of its own. */
export function whereText(row: Notification, names: Names, t: TFunction<'notifications'>): string | null {
  const { kind, documentId, workspaceId } = row
  const workspace = workspaceId === null ? undefined : names.workspace(workspaceId)
  if (documentId === null) return kind === 'announcement' ? (workspace ?? null) : null
  const title = names.document(documentId)
  if (title === undefined) return names.asking ? '…' : t('where.gone')
  const document = title === '' ? t('where.untitled') : title
  return workspace === undefined ? document : t('where.inWorkspace', { document, workspace })
}
