import { LinkReach, reachWithin, type SharedLink } from '@weft/shared/sharedLinks'
import { Check, Copy, Globe, Lock, SlidersHorizontal, Users } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText, IconButton, Select } from '../kit/index.ts'
import { SharedLinkSettings } from './SharedLinkSettings.tsx'
import type { LinkSaid } from './withSaid.ts'

const icons = { anyone: Globe, workspace: Users, restricted: Lock }
/** The widest first: it is what a link is for. */
const reaches = LinkReach.options.toReversed()

/** One link: whom it lets in, its address, and what more there is to say about it. */
export function SharedLinkRow(props: { link: SharedLink; publicLinks: boolean; say(said: LinkSaid): void }) {
  const { link, publicLinks, say } = props
  const { t, i18n } = useTranslation('sharedLinks')
  const [copied, setCopied] = useState(false)
  const [open, setOpen] = useState(false)
  const settings = useId()
  const Icon = icons[reachWithin(link.reach, publicLinks)]
  const hasEnded = link.expiresAt !== null && link.expiresAt <= Date.now()
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  const date = link.expiresAt === null ? null : day.format(link.expiresAt)
  const facts = [
    ...(reachWithin(link.reach, publicLinks) === link.reach ? [] : [t('narrowed')]),
    ...(date === null ? [] : [t(hasEnded ? 'ended' : 'until', { date })]),
    ...(link.hasPassword ? [t('withPassword')] : []),
  ]
  const copy = async () => {
    const done = await copyText(link.url)
    setCopied(done)
    // Where the browser does not let us copy, the address can be marked by hand.
    if (!done) setOpen(true)
  }
  return (
    <li className="border-line border-b py-1.5" data-link={link.id}>
      <div className="flex min-h-8 items-center gap-1.5">
        <Icon size={18} aria-hidden className={`shrink-0 ${hasEnded ? 'text-faint' : 'text-muted'}`} />
        <div className="min-w-0 flex-1">
          <Select<LinkReach>
            quiet
            label={t('reach.label')}
            value={link.reach}
            options={reaches
              .filter((reach) => reach === link.reach || reachWithin(reach, publicLinks) === reach)
              .map((value) => ({ value, text: t(`reach.${value}`) }))}
            onChange={(reach) => say({ linkId: link.id, change: { reach } })}
          />
          {facts.length > 0 && <p className="px-2 text-muted text-xs">{facts.join(' · ')}</p>}
        </div>
        <IconButton icon={copied ? Check : Copy} label={t(copied ? 'copied' : 'copy')} onClick={() => void copy()} />
        <IconButton
          icon={SlidersHorizontal}
          label={t('settings')}
          aria-expanded={open}
          aria-controls={settings}
          onClick={() => setOpen(!open)}
        />
        <span role="status" className="sr-only">
          {copied ? t('copied') : ''}
        </span>
      </div>
      <div id={settings}>{open && <SharedLinkSettings link={link} say={say} />}</div>
    </li>
  )
}
