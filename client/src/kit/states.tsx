import { CircleAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { problemText } from './problem.ts'

/** Stands where something will be, in its size. */
export const Skeleton = ({ className = '' }: { className?: string }) => (
  <span aria-hidden className={`block animate-breathe rounded-md bg-hover ${className}`} />
)

/** What a screen reader hears while skeletons are shown. */
export function Loading({ children }: { children: ReactNode }) {
  const { t } = useTranslation('kit')
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {t('loading')}
      </span>
      {children}
    </div>
  )
}

/** Nothing is here yet, and what to do about it. */
export function EmptyState(props: {
  icon: LucideIcon
  title: string
  text?: ReactNode
  /** `h1` where it is the whole page, `h3` where it is below another one. */
  heading?: 'h1' | 'h2' | 'h3'
  children?: ReactNode
}) {
  const { icon: Icon, heading: Heading = 'h2' } = props
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      <span className="mb-4 inline-flex size-11 items-center justify-center rounded-xl bg-accent-soft text-accent">
        <Icon size={20} aria-hidden />
      </span>
      <Heading className="font-semibold text-lg">{props.title}</Heading>
      {props.text !== undefined && <p className="mt-1.5 max-w-sm text-balance text-muted text-sm">{props.text}</p>}
      {props.children !== undefined && <div className="mt-5 flex flex-wrap justify-center gap-2">{props.children}</div>}
    </div>
  )
}

/** Something could not be read: what happened, and a way to try again. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?(): void }) {
  const { t } = useTranslation('kit')
  return (
    <div role="alert" className="flex flex-col items-start gap-3 rounded-lg border border-line p-4 text-sm">
      <p className="flex items-center gap-2">
        <CircleAlert size={16} aria-hidden className="shrink-0 text-danger" />
        {problemText(error, t)}
      </p>
      {onRetry !== undefined && (
        <Button size="sm" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}
