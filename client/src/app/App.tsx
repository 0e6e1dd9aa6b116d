import { RouterProvider } from 'react-router/dom'
import { SessionProvider } from '../auth/index.ts'
import { Toasts, TooltipProvider } from '../kit/index.ts'
import { router } from './router.tsx'

export const App = () => (
  <SessionProvider>
    <TooltipProvider>
      <RouterProvider router={router} />
      <Toasts />
    </TooltipProvider>
  </SessionProvider>
)
