import type { AccessOrigin, DocumentRole } from '@weft/shared/documents'
import type { MemberRole } from '@weft/shared/workspaces'
import type { TFunction } from 'i18next'

/** The roles that can be given here. Comment and suggest may only view until there are comments and suggestions. */
export const given = ['view', 'edit', 'manage'] as const
export type Given = (typeof given)[number]

/** The role that somebody has in effect today. */
export const effective = (role: DocumentRole): Given => given.find((one) => one === role) ?? 'view'

export const roleWord = (role: DocumentRole | null, t: TFunction<'documents'>): string =>
  t(`share.role.${role === null ? 'none' : effective(role)}`)

/** What somebody has when nothing is given on this document, with where from. */
export function inheritedWord(
  inherited: { role: DocumentRole; origin: AccessOrigin } | null,
  t: TFunction<'documents'>,
): string {
  const role = roleWord(inherited?.role ?? null, t)
  if (inherited === null || inherited.origin.kind === 'here') return role
  return t(`share.inherited.${inherited.origin.kind}`, { role })
}

/** Why somebody may open this. */
export function originWord(origin: AccessOrigin, member: MemberRole, t: TFunction<'documents'>): string {
  if (origin.kind === 'here') return t('share.origin.here')
  if (origin.kind === 'workspace') return t(`share.origin.${member === 'guest' ? 'member' : member}`)
  return origin.title === null ? t('share.origin.above') : t('share.origin.titled', { title: titled(origin.title, t) })
}

export const titled = (title: string, t: TFunction<'documents'>): string => title || t('untitled')
