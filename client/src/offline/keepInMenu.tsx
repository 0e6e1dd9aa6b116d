import { type ComponentProps, lazy, Suspense } from 'react'
import { orNothing } from '../kit/orNothing.ts'

const load = () => import('./keeping/KeepItems.tsx')
const Document = lazy(() => orNothing(async () => (await load()).KeepDocument))
const Workspace = lazy(() => orNothing(async () => (await load()).KeepWorkspace))

/** Holds the item's place in its menu until its code is here. */
const place = <div className="h-8" />

export const KeepDocument = (props: ComponentProps<typeof Document>) => (
  <Suspense fallback={place}>
    <Document {...props} />
  </Suspense>
)

export const KeepWorkspace = (props: ComponentProps<typeof Workspace>) => (
  <Suspense fallback={place}>
    <Workspace {...props} />
  </Suspense>
)
