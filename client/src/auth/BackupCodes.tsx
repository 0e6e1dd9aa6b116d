import { Copy, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, copyText, saveFile } from '../kit/index.ts'

/** The codes for the day on which the app is lost. The server shows them this once. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone(): void }) {
  const { t } = useTranslation('auth')
  const text = codes.join('\n')
  const copy = async () => {
    if (await copyText(text)) toast.success(t('backupCodes.copied'))
    else toast.error(t('backupCodes.notCopied'))
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-pretty text-sm">{t('backupCodes.text')}</p>
      <ul
        aria-label={t('backupCodes.title')}
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md bg-sunken px-4 py-3 font-mono text-sm"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void copy()}>
          <Copy size={16} aria-hidden />
          {t('backupCodes.copy')}
        </Button>
        <Button onClick={() => saveFile(t('backupCodes.file'), `${text}\n`, 'text/plain')}>
          <Download size={16} aria-hidden />
          {t('backupCodes.download')}
        </Button>
        <Button look="primary" onClick={onDone}>
          {t('backupCodes.done')}
        </Button>
      </div>
    </div>
  )
}
