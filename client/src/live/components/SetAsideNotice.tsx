import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertDialog, Button, markdownName, saveFile } from '../../kit/index.ts'
import type { SetAside } from '../device/DeviceStore.ts'
import { useSetAside } from '../hooks.ts'
import { useLive } from '../LiveProvider.tsx'

/** Own text that could not be saved: to be exported or discarded by the person, and by nobody else [SAVE-8]. */
export function SetAsideNotice() {
  const { t } = useTranslation('live')
  const list = useSetAside() ?? []
  if (list.length === 0) return null
  return (
    <section
      aria-label={t('setAside.title')}
      data-testid="set-aside"
      className="rounded-lg border border-line bg-raised p-4 text-ink text-sm"
    >
      <h2 className="font-medium">{t('setAside.title')}</h2>
      <p className="mt-1 text-muted">{t('setAside.explained')}</p>
      <ul className="mt-3 flex flex-col gap-2">
        {list.map((aside) => (
          <SetAsideRow key={aside.id} aside={aside} />
        ))}
      </ul>
    </section>
  )
}

function SetAsideRow({ aside }: { aside: SetAside }) {
  const { t, i18n } = useTranslation('live')
  const live = useLive()
  const [asking, setAsking] = useState(false)
  const title = aside.title === '' ? t('setAside.untitled') : aside.title
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(aside.at)
  const text = aside.title === '' ? aside.markdown : `# ${aside.title}\n\n${aside.markdown}`
  return (
    <li className="flex flex-wrap items-center gap-2">
      <span className="min-w-0 flex-1 truncate">
        {title} <span className="text-faint">{when}</span>
      </span>
      <Button size="sm" onClick={() => saveFile(markdownName(title), text)}>
        <Download size={16} aria-hidden />
        {t('setAside.export')}
      </Button>
      <Button size="sm" look="plain" onClick={() => setAsking(true)}>
        <Trash2 size={16} aria-hidden />
        {t('setAside.discard')}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('setAside.discardTitle')}
        description={t('setAside.discardExplained', { title })}
        action={t('setAside.discard')}
        danger
        onAction={() => void live.discardSetAside(aside.id).finally(() => setAsking(false))}
      />
    </li>
  )
}
