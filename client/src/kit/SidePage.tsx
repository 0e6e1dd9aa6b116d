import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Button } from './Button.tsx'
import { usePageTitle } from './usePageTitle.ts'

interface SidePageProps {
  title: string
  back: { to: string; text: string }
  /** For tables. */
  wide?: boolean
  children: ReactNode
}

/** A page beside the workspaces, with its heading and the way back. */
export function SidePage({ title, back, wide = false, children }: SidePageProps) {
  usePageTitle(title)
  return (
    <main className={`mx-auto flex w-full flex-col px-4 py-8 sm:px-8 ${wide ? 'max-w-3xl gap-6' : 'max-w-2xl gap-8'}`}>
      <div>
        <Button asChild look="plain" size="sm" className="-ml-2.5 mb-3">
          <Link to={back.to}>
            <ArrowLeft size={16} aria-hidden />
            {back.text}
          </Link>
        </Button>
        <h1 className="font-semibold text-2xl">{title}</h1>
      </div>
      {children}
    </main>
  )
}

/** One subject of such a page. */
export const SidePageSection = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="border-line border-t pt-6">
    <h2 className="mb-4 font-semibold text-lg">{title}</h2>
    {children}
  </section>
)
