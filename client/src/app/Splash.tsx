import { Logo } from '../kit/index.ts'

/** For the moment until it is known what to show. */
export const Splash = () => (
  <main aria-busy="true" className="flex min-h-full animate-breathe items-center justify-center">
    <Logo size={32} />
  </main>
)
