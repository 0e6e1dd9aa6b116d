import type { DocumentId } from '@weft/shared/kit'
import { FileWarning } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertDialog, Button, markdownName, saveFile } from '../kit/index.ts'
import { type SetAside, useLive, useSetAside } from '../live/index.ts'

/** Own text that could not be saved [SAVE-8]: it waits here until the person exports or discards it. */
export function SetAsideNotice({ documentId }: { documentId?: DocumentId }) {
  const all = useSetAside() ?? []
  const shown = documentId === undefined ? all : all.filter((aside) => aside.documentId === documentId)
  return shown.map((aside) => <Notice key={aside.id} aside={aside} />)
}

function Notice({ aside }: { aside: SetAside }) {
  const { t, i18n } = useTranslation('documents')
  const live = useLive()
  const [asking, setAsking] = useState(false)
  const title = aside.title || t('untitled')
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(aside.at)
  return (
    <div
      role="status"
      data-testid="set-aside"
      className="mx-auto mb-4 flex w-full max-w-reading flex-wrap items-center gap-3 rounded-lg border border-warning/50 bg-raised p-3 text-sm"
    >
      <FileWarning size={20} aria-hidden className="shrink-0 text-warning" />
      <p className="min-w-48 flex-1">{t('setAside.text', { title, when })}</p>
      <Button size="sm" look="primary" onClick={() => saveFile(markdownName(title), aside.markdown)}>
        {t('setAside.export')}
      </Button>
      <Button size="sm" look="plain" onClick={() => setAsking(true)}>
        {t('setAside.discard')}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('setAside.sure')}
        description={t('setAside.sureText')}
        action={t('setAside.discard')}
        danger
        onAction={() => void live.discardSetAside(aside.id)}
      />
    </div>
  )
}
