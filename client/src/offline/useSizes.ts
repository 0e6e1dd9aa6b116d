import type { DocumentId } from '@weft/shared/kit'
import { useCallback, useEffect, useState } from 'react'
import { useLive } from '../live/index.ts'
import { useKept } from './keeping/keeping.ts'

export type Sizes = ReadonlyMap<DocumentId, number>

/** What each document takes on this device, in bytes; `broken` where the device store does not work. */
export function useSizes(): { sizes: Sizes | null; broken: boolean; readAgain(): void } {
  const live = useLive()
  const { here } = useKept()
  const [sizes, setSizes] = useState<Sizes | null>(null)
  const [broken, setBroken] = useState(false)
  const [times, setTimes] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when a copy has come or gone
  useEffect(() => {
    let wanted = true
    live.sizesOnDevice().then(
      (read) => wanted && setSizes(read),
      () => wanted && setBroken(true),
    )
    return () => {
      wanted = false
    }
  }, [live, here, times])
  return { sizes, broken, readAgain: useCallback(() => setTimes((before) => before + 1), []) }
}
