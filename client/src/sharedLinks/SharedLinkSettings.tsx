import type { SharedLink } from '@weft/shared/sharedLinks'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Input, Select } from '../kit/index.ts'
import { Switch } from '../kit/Switch.tsx'
import { endOf, type Lifetime, lifetimes } from './expiry.ts'
import { SharedLinkPassword } from './SharedLinkPassword.tsx'
import type { LinkSaid } from './withSaid.ts'

const names = Object.keys(lifetimes) as Lifetime[]

/** Until when a link is good, how it is opened, and its end. */
export function SharedLinkSettings({ link, say }: { link: SharedLink; say(said: LinkSaid): void }) {
  const { t, i18n } = useTranslation('sharedLinks')
  const [asking, setAsking] = useState(false)
  const { id: linkId, expiresAt } = link
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  // A time that was chosen earlier is none of those that can be chosen now.
  const chosen = expiresAt === null ? [] : [{ value: 'chosen' as const, text: date.format(expiresAt) }]
  return (
    <div className="flex flex-col gap-2.5 py-2 pl-6 text-sm">
      <Input
        aria-label={t('address')}
        readOnly
        value={link.url}
        className="h-8"
        onFocus={(event) => event.target.select()}
      />
      <div className="flex items-center justify-between gap-3">
        <span aria-hidden>{t('expiry.label')}</span>
        <Select<Lifetime | 'never' | 'chosen'>
          label={t('expiry.label')}
          value={expiresAt === null ? 'never' : 'chosen'}
          options={[
            ...chosen,
            { value: 'never', text: t('expiry.never') },
            ...names.map((value) => ({ value, text: t(`expiry.${value}`) })),
          ]}
          onChange={(next) => next !== 'chosen' && say({ linkId, change: { expiresAt: endOf(next, Date.now()) } })}
        />
      </div>
      <SharedLinkPassword link={link} />
      {link.reach === 'anyone' && !link.hasPassword && (
        <div className="flex items-center justify-between gap-3">
          <span aria-hidden>{t('indexed')}</span>
          <Switch
            label={t('indexed')}
            checked={link.indexed}
            onChange={(indexed) => say({ linkId, change: { indexed } })}
          />
        </div>
      )}
      {asking ? (
        <div>
          <p role="alert">{t('end.sure')}</p>
          <div className="mt-2 flex justify-end gap-2">
            <Button size="sm" onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
            <Button size="sm" look="danger" onClick={() => say({ linkId, end: true })}>
              {t('end.action')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex flex-wrap justify-between gap-2">
          <Button asChild size="sm">
            <a href={link.url} target="_blank" rel="noreferrer">
              <ExternalLink size={16} aria-hidden />
              {t('look')}
            </a>
          </Button>
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('end.ask')}
          </Button>
        </div>
      )}
    </div>
  )
}
