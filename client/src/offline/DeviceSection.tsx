import type { Document } from '@weft/shared/documents'
import type { Workspace } from '@weft/shared/workspaces'
import { CircleAlert, CloudOff, HardDriveDownload } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppVersion } from './appVersion.ts'
import './catalogue.ts'
import { DeviceWorkspace } from './DeviceWorkspace.tsx'
import { useKept } from './keeping/keeping.ts'
import { StorageLine } from './StorageLine.tsx'
import { useSizes } from './useSizes.ts'

/** What a person has on this device, and what they keep there. */
export function DeviceSection(props: { places: readonly { workspace: Workspace; documents: readonly Document[] }[] }) {
  const { t } = useTranslation('offline')
  const { opensOffline } = useAppVersion()
  const { refused } = useKept()
  const { sizes, broken, readAgain } = useSizes()
  return (
    <div className="flex flex-col gap-4 text-sm">
      <Line icon={opensOffline === 'yes' ? HardDriveDownload : CloudOff}>{t(`opens.${opensOffline}`)}</Line>
      {broken && (
        <Line icon={CircleAlert} warning>
          {t('broken')}
        </Line>
      )}
      {refused && !broken && (
        <Line icon={CircleAlert} warning>
          {t('full')}
        </Line>
      )}
      <StorageLine taken={sizes} />
      {!broken && props.places.length > 0 && (
        <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
          {props.places.map(({ workspace, documents }) => (
            <li key={workspace.id} className="p-3">
              <DeviceWorkspace workspace={workspace} documents={documents} sizes={sizes} onChanged={readAgain} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Line(props: { icon: typeof CloudOff; warning?: boolean; children: ReactNode }) {
  const { icon: Icon } = props
  return (
    <p className="flex items-start gap-2.5">
      <Icon size={20} aria-hidden className={`shrink-0 ${props.warning ? 'text-warning' : 'text-muted'}`} />
      <span className="text-pretty">{props.children}</span>
    </p>
  )
}
