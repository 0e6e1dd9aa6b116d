import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../kit/index.ts'
import { bytesText } from './bytesText.ts'

interface Storage {
  used: number
  quota: number
  lasting: boolean
}

/** Null where the browser does not say. */
async function readStorage(): Promise<Storage | null> {
  try {
    const [{ usage, quota }, lasting] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()])
    return usage === undefined || quota === undefined ? null : { used: usage, quota, lasting }
  } catch {
    return null
  }
}

/** What the browser says of its storage, and whether it promises to keep it. `taken` changes with what is here. */
export function StorageLine({ taken }: { taken: unknown }) {
  const { t, i18n } = useTranslation('offline')
  const [storage, setStorage] = useState<Storage | null>(null)
  const [denied, setDenied] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is taken changes the estimate
  useEffect(() => {
    let wanted = true
    void readStorage().then((read) => wanted && setStorage(read))
    return () => {
      wanted = false
    }
  }, [taken])
  if (storage === null) return null
  const ask = async () => {
    const lasting = await navigator.storage.persist().catch(() => false)
    setDenied(!lasting)
    setStorage({ ...storage, lasting })
  }
  const text = (bytes: number) => bytesText(bytes, i18n.language)
  const lasting = storage.lasting ? 'yes' : denied ? 'denied' : 'no'
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-muted">
      <p className="min-w-60 flex-1 text-pretty">
        {t('usage', { used: text(storage.used), quota: text(storage.quota) })} {t(`lasting.${lasting}`)}
      </p>
      {!storage.lasting && !denied && (
        <Button size="sm" onClick={() => void ask()}>
          {t('lasting.ask')}
        </Button>
      )}
    </div>
  )
}
