import { Bug, CloudOff, Compass } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useRouteError } from 'react-router'
import { Button, EmptyState } from '../kit/index.ts'
import { usePageTitle } from '../kit/usePageTitle.ts'
import { isMissingPart, loadAnew } from './recover.ts'
import { Splash } from './Splash.tsx'

/** Something in the page broke: what that means for one's text, and two ways out. */
export function ErrorPage() {
  const { t } = useTranslation('app')
  const missing = isMissingPart(useRouteError())
  const [recovering, setRecovering] = useState(missing)
  useEffect(() => {
    if (missing) void loadAnew().then(setRecovering)
  }, [missing])
  const what = missing ? 'missing' : 'broken'
  usePageTitle(t(`${what}.title`))
  if (recovering) return <Splash />
  return (
    <main className="flex min-h-full items-center justify-center">
      <EmptyState heading="h1" icon={missing ? CloudOff : Bug} title={t(`${what}.title`)} text={t(`${what}.text`)}>
        <Button look="primary" onClick={() => window.location.reload()}>
          {t('broken.reload')}
        </Button>
        <Button onClick={() => window.location.assign('/')}>{t('home')}</Button>
      </EmptyState>
    </main>
  )
}

/** `within` the frame, which is the page's main part already. */
export function NotFoundPage({ within = false }: { within?: boolean }) {
  const Part = within ? 'div' : 'main'
  const { t } = useTranslation('app')
  usePageTitle(t('lost.title'))
  return (
    <Part className="flex min-h-full items-center justify-center">
      <EmptyState heading="h1" icon={Compass} title={t('lost.title')} text={t('lost.text')}>
        <Button asChild look="primary">
          <Link to="/">{t('home')}</Link>
        </Button>
      </EmptyState>
    </Part>
  )
}
