import type { Workspace } from '@weft/shared/workspaces'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Switch } from '../kit/Switch.tsx'
import { usePublicLinks } from './queries.ts'

/** Whether links to documents may let anyone in; for those who look after a workspace. */
export function PublicLinks({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('workspaces')
  const { allowed, setAllowed } = usePublicLinks(workspace)
  const [title, hint] = [useId(), useId()]
  return (
    <section aria-labelledby={title}>
      <h2 id={title} className="mb-4 font-semibold text-lg">
        {t('publicLinks.title')}
      </h2>
      <div className="flex max-w-md items-center justify-between gap-4 text-sm">
        <span aria-hidden>{t('publicLinks.label')}</span>
        <Switch label={t('publicLinks.label')} describedBy={hint} checked={allowed} onChange={setAllowed} />
      </div>
      <p id={hint} className="mt-1 max-w-md text-muted text-sm">
        {t('publicLinks.hint')}
      </p>
    </section>
  )
}
