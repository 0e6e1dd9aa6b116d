import { type ComponentProps, lazy, Suspense } from 'react'
import { orNothing } from '../../kit/orNothing.ts'

const Items = lazy(() => orNothing(async () => (await import('./WatchItems.tsx')).WatchItems))

/** Holds the items' place in their menu until their code is here. */
const place = <div className="h-16" />

export const WatchDocument = (props: ComponentProps<typeof Items>) => (
  <Suspense fallback={place}>
    <Items {...props} />
  </Suspense>
)
