import { lazy } from 'react'

/** Loaded when somebody who manages a document looks at who can open it. */
export const SharedLinks = lazy(async () => ({ default: (await import('./SharedLinks.tsx')).SharedLinks }))
