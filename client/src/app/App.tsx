import { useEffect } from 'react'
import { RouterProvider } from 'react-router/dom'
import { SessionProvider } from '../auth/index.ts'
import { Toasts, TooltipProvider, whenIdle } from '../kit/index.ts'
import { loadAppVersion } from '../offline/index.ts'
import { router } from './router.tsx'

let started = false

/** Not each time that React mounts: a page has one service worker. */
function startOnce(): void {
  if (started) return
  started = true
  void loadAppVersion().then(
    (start) => start(),
    () => undefined,
  )
}

export function App() {
  useEffect(() => whenIdle(startOnce), [])
  return (
    <SessionProvider>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Toasts />
      </TooltipProvider>
    </SessionProvider>
  )
}
