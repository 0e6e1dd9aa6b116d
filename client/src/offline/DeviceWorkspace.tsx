import type { Document } from '@weft/shared/documents'
import type { Workspace } from '@weft/shared/workspaces'
import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { IconButton } from '../kit/index.ts'
import { Switch } from '../kit/Switch.tsx'
import { useLive } from '../live/index.ts'
import { bytesText } from './bytesText.ts'
import { useKept } from './keeping/keeping.ts'
import type { Sizes } from './useSizes.ts'

interface Props {
  workspace: Workspace
  documents: readonly Document[]
  sizes: Sizes | null
  onChanged(): void
}

/** One workspace on this device: whether all of it is kept, and which documents are here. */
export function DeviceWorkspace({ workspace, documents, sizes, onChanged }: Props) {
  const { t, i18n } = useTranslation('offline')
  const { keeper, kept, missing } = useKept()
  const { id, name } = workspace
  const here = documents.filter((document) => sizes?.has(document.id))
  const bytes = here.reduce((sum, document) => sum + (sizes?.get(document.id) ?? 0), 0)
  const all = kept?.has(id) === true
  const waiting = documents.filter((document) => missing.has(document.id)).length
  const toggle = async (wanted: boolean) => {
    if (!wanted) await keeper?.letGo(id)
    else if ((await keeper?.keep({ what: 'workspace', id })) === false) toast.error(t('refused'))
  }
  return (
    <>
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{name}</p>
          <p className="text-muted" role="status">
            {all && waiting > 0
              ? t('progress', { here: documents.length - waiting, all: documents.length })
              : here.length === 0
                ? t('nothing')
                : t('count', { count: here.length, bytes: bytesText(bytes, i18n.language) })}
          </p>
        </div>
        <span aria-hidden className="shrink-0 text-muted">
          {t('item.keep')}
        </span>
        <Switch
          label={t('keepAll', { name })}
          checked={all}
          disabled={keeper === null || kept === null}
          onChange={(wanted) => void toggle(wanted)}
        />
      </div>
      {here.length > 0 && (
        <details className="mt-2">
          <summary className="w-fit rounded-sm text-muted hover:text-ink">{t('list')}</summary>
          <ul className="mt-1 flex flex-col">
            {here
              .toSorted((a, b) => (sizes?.get(b.id) ?? 0) - (sizes?.get(a.id) ?? 0))
              .map((document) => (
                <CopyRow
                  key={document.id}
                  document={document}
                  bytes={sizes?.get(document.id) ?? 0}
                  kept={kept?.has(document.id) === true}
                  removable={!all && kept?.has(document.id) !== true}
                  onRemoved={onChanged}
                />
              ))}
          </ul>
        </details>
      )}
    </>
  )
}

function CopyRow(props: {
  document: Document
  bytes: number
  kept: boolean
  /** What is kept would come back at once. */
  removable: boolean
  onRemoved(): void
}) {
  const { t, i18n } = useTranslation('offline')
  const live = useLive()
  const { keeper } = useKept()
  const { document } = props
  const title = document.title || t('untitled')
  const remove = async () => {
    const removed = await live.forgetOnDevice(document.id).catch(() => false)
    if (!removed) return void toast(t('removedNot'))
    await keeper?.removed(document.id)
    props.onRemoved()
  }
  return (
    <li className="flex min-h-9 items-center gap-2">
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {props.kept && <span className="shrink-0 text-muted text-xs">{t('kept')}</span>}
      <span className="shrink-0 text-muted text-xs tabular-nums">{bytesText(props.bytes, i18n.language)}</span>
      {props.removable && <IconButton icon={Trash2} label={t('remove', { title })} onClick={() => void remove()} />}
    </li>
  )
}
