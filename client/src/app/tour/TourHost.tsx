import { lazy, Suspense, useState } from 'react'
import { useAccount } from '../../auth/index.ts'
import { api, readStored, writeStored } from '../../kit/index.ts'
import { orNothing } from '../../kit/orNothing.ts'
import { endStartedTour, useStartedTour } from './startedTour.ts'

const Tour = lazy(() => orNothing(async () => (await import('./Tour.tsx')).Tour))

/** Whose tour has ended on this device, where the server may not have heard of it. */
const key = 'weft-tour-ended'

/** The tour, for whoever has just made their first workspace, once, and for whoever asks for it. */
export function TourHost({ beside }: { beside: boolean }) {
  const { id, settings } = useAccount()
  const started = useStartedTour()
  const [ended, setEnded] = useState(() => readStored(key) === id)
  const due = settings.tour === 'due' && !ended
  if (!due && !started) return null
  const end = () => {
    endStartedTour()
    setEnded(true)
    if (settings.tour !== 'due') return
    writeStored(key, id)
    // Not heard: another device shows it once more.
    void api.auth.changeSettings({ tour: 'done' }).catch(() => undefined)
  }
  return (
    <Suspense>
      <Tour beside={beside} onEnd={end} />
    </Suspense>
  )
}
