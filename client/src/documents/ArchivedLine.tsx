import { type Document, mayEdit } from '@weft/shared/documents'
import { Archive } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../kit/index.ts'
import { sinceWhen } from '../kit/sinceWhen.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** Over an archived document: why nobody can write in it, and the way back. */
export function ArchivedLine({ document }: { document: Document }) {
  const { t, i18n } = useTranslation('documents')
  const { unarchive } = useDocumentCommands(document.workspaceId)
  const when = sinceWhen(document.archivedAt ?? 0, Date.now(), i18n.language)
  return (
    <div
      data-testid="archived"
      className="mx-auto flex max-w-reading flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-line bg-sunken px-3 py-2 text-sm"
    >
      <Archive size={16} aria-hidden className="shrink-0 text-muted" />
      <p className="min-w-48 flex-1">{t('archive.line', { when })}</p>
      {mayEdit(document.role) && (
        <Button size="sm" onClick={() => void unarchive(document)}>
          {t('archive.back')}
        </Button>
      )}
    </div>
  )
}
