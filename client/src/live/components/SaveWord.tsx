import type { DocumentId } from '@weft/shared/kit'
import { Check, CloudAlert, CloudOff, Eye, type LucideIcon, RefreshCw } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Popover } from '../../kit/index.ts'
import { useConnection, useDocumentSession, useDocumentState, useSaveState, useWay } from '../hooks.ts'
import { useLive } from '../LiveProvider.tsx'
import { isInboxCall } from '../outbox/inboxCalls.ts'
import { useOutbox } from '../outbox/useOutbox.ts'
import { type ShownWord, shownWord } from './shownWord.ts'
import { useSteadyWord } from './useSteadyWord.ts'
import { withCommands } from './withCommands.ts'

const icons: Record<ShownWord['key'], LucideIcon> = {
  saved: Check,
  saving: RefreshCw,
  offline: CloudOff,
  'not-saved': CloudAlert,
  'view-only': Eye,
}

/** The one small word of the header about one's own text, with why and what to do behind it [SAVE-6]. */
export function SaveWord({ documentId }: { documentId: DocumentId }) {
  const session = useDocumentSession(documentId)
  const { mayWrite } = useDocumentState(session)
  const ownText = useSaveState(session)
  const connection = useConnection()
  const { outbox } = useLive()
  const waiting = useOutbox().filter(({ call, state }) => state === 'waiting' && !isInboxCall(call)).length
  const save = withCommands(ownText, { connection, waiting, onlyInPage: outbox.onlyInPage })
  const steady = useSteadyWord(save)
  const word = steady === null ? null : shownWord(steady, { mayWrite, connection })
  return <Word word={word} waiting={waiting} />
}

interface WordProps {
  word: ShownWord | null
  /** Commands that have yet to be sent. */
  waiting: number
}

const fields = ['key', 'why', 'detail', 'action'] as const
const isSame = (a: WordProps, b: WordProps): boolean =>
  a.waiting === b.waiting &&
  (a.word === null) === (b.word === null) &&
  fields.every((field) => a.word?.[field] === b.word?.[field])

/** Drawn when it reads otherwise, and not twice with each key, of which each changes what is behind it. */
const Word = memo(function Word({ word, waiting }: WordProps) {
  const { t } = useTranslation('live')
  const Icon = word === null ? RefreshCw : icons[word.key]
  return (
    <>
      <Popover
        label={t('label')}
        trigger={
          <button
            type="button"
            data-testid="save-word"
            data-word={word?.key ?? 'pending'}
            className={`inline-flex h-8 min-w-26 items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-sm hover:bg-hover [&:lang(de)]:min-w-29 ${
              word?.key === 'not-saved' ? 'text-danger' : 'text-muted'
            }`}
          >
            <Icon size={16} aria-hidden className={word === null ? 'opacity-0' : 'shrink-0'} />
            {word?.key === 'offline' ? (
              <>
                <span className="truncate max-sm:sr-only">{t('word.offline')}</span>
                {/* Drawn, not said: on phones the whole sentence would push the buttons beside it out. */}
                <span
                  aria-hidden
                  data-short={t('word.offlineShort')}
                  className="before:content-[attr(data-short)] sm:hidden"
                />
              </>
            ) : (
              <span className="truncate">{word === null ? '' : t(`word.${word.key}`)}</span>
            )}
            {word === null && <span className="sr-only">{t('label')}</span>}
          </button>
        }
      >
        <Explanation word={word} waiting={waiting} />
      </Popover>
      <Announcement word={word} />
    </>
  )
}, isSame)

/** Read out: trouble and its end, not every pause in typing. */
function Announcement({ word }: { word: ShownWord | null }) {
  const { t } = useTranslation('live')
  const key = word?.key
  const [trouble, setTrouble] = useState(false)
  useEffect(() => {
    if (key === 'offline' || key === 'not-saved') setTrouble(true)
  }, [key])
  return (
    <span role="status" aria-live="polite" className="sr-only">
      {trouble && key !== undefined && key !== 'saving' ? t(`word.${key}`) : ''}
    </span>
  )
}

function Explanation({ word, waiting }: WordProps) {
  const { t } = useTranslation('live')
  const live = useLive()
  const why = word?.why
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="font-medium">{t(`title.${word?.key ?? 'saving'}`)}</p>
      <p className="text-muted">{t(why === undefined ? `explained.${word?.key ?? 'saving'}` : `why.${why}`)}</p>
      {word?.detail !== undefined && <p className="text-muted">{word.detail}</p>}
      {waiting > 0 && <p className="text-muted">{t('commands', { count: waiting })}</p>}
      {why !== undefined && <p>{t(`do.${why}`)}</p>}
      <RoundAbout />
      {word?.action === 'retry' && (
        <Button className="self-start" onClick={() => live.retry()}>
          {t('action.retry')}
        </Button>
      )}
      {word?.action === 'reload' && (
        <Button look="primary" className="self-start" onClick={() => window.location.reload()}>
          {t('action.reload')}
        </Button>
      )}
    </div>
  )
}

/** What is wrong with the network, where frames have to go round something: it works, and somebody can mend it. */
function RoundAbout() {
  const { t } = useTranslation('live')
  const way = useWay()
  return way === 'websocket' ? null : <p className="text-muted">{t(`way.${way}`)}</p>
}
