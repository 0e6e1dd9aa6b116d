import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'

/** The quiet page around everything that happens before one is in. */
export function AuthFrame(props: { title: string; text?: ReactNode; children: ReactNode; below?: ReactNode }) {
  const { t } = useTranslation('auth')
  usePageTitle(props.title)
  return (
    <main className="flex min-h-full flex-col items-center bg-sunken px-4 py-[max(2rem,10vh)]">
      <div className="mb-6 flex items-center gap-2.5">
        <Logo size={28} />
        <span className="font-semibold text-lg tracking-tight">{t('brand')}</span>
      </div>
      <div className="w-full max-w-sm rounded-xl border border-line bg-raised p-6 shadow-sm">
        <h1 className="font-semibold text-xl">{props.title}</h1>
        {props.text !== undefined && <p className="mt-1.5 text-muted text-sm">{props.text}</p>}
        <div className="mt-5">{props.children}</div>
      </div>
      {props.below !== undefined && <p className="mt-5 text-center text-muted text-sm">{props.below}</p>}
    </main>
  )
}
