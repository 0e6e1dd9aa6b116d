import type { Document } from '@weft/shared/documents'
import type { WorkspaceId } from '@weft/shared/kit'
import { CloudDownload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { MenuItem } from '../../kit/index.ts'
import { useLive } from '../../live/index.ts'
import '../catalogue.ts'
import { bytesText } from '../bytesText.ts'
import type { Kept } from '../OfflineStore.ts'
import { useKept } from './keeping.ts'

/** In a document's menu: whether it is kept offline, and what it takes on this device. */
export function KeepDocument({ document }: { document: Document }) {
  const { t, i18n } = useTranslation('offline')
  const live = useLive()
  const { kept, here, missing } = useKept()
  const { id, workspaceId } = document
  const [bytes, setBytes] = useState<number | null>(null)
  const isHere = here.has(id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a copy that has just arrived is to be measured
  useEffect(() => {
    let wanted = true
    live.sizesOnDevice().then(
      (sizes) => wanted && setBytes(sizes.get(id) ?? null),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [live, id, isHere])
  const withWorkspace = kept?.has(workspaceId) === true
  const wanted = withWorkspace || kept?.has(id) === true
  const note = wanted && missing.has(id) ? t('item.waiting') : bytes === null ? '' : bytesText(bytes, i18n.language)
  return (
    <KeepItem
      kept={{ what: 'document', id, workspaceId }}
      checked={wanted}
      disabled={withWorkspace}
      text={t(withWorkspace ? 'item.withWorkspace' : 'item.keep')}
      note={note}
    />
  )
}

/** In a workspace's menu: whether all of its documents are kept offline. */
export function KeepWorkspace({ workspaceId }: { workspaceId: WorkspaceId }) {
  const { t } = useTranslation('offline')
  const { kept } = useKept()
  const checked = kept?.has(workspaceId) === true
  return <KeepItem kept={{ what: 'workspace', id: workspaceId }} checked={checked} text={t('item.keepAll')} note="" />
}

function KeepItem(props: { kept: Kept; checked: boolean; disabled?: boolean; text: string; note: string }) {
  const { t } = useTranslation('offline')
  const { keeper } = useKept()
  const toggle = async () => {
    if (props.checked) await keeper?.letGo(props.kept.id)
    else if ((await keeper?.keep(props.kept)) === false) toast.error(t('refused'))
  }
  return (
    <MenuItem
      icon={CloudDownload}
      checked={props.checked}
      disabled={props.disabled === true || keeper === null}
      onSelect={() => void toggle()}
    >
      {props.text}
      {props.note !== '' && <span className="ml-2 text-faint text-xs">{props.note}</span>}
    </MenuItem>
  )
}
