import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { HoverCardAt } from '../../kit/index.ts'
import { Avatar, PersonStatus } from '../../presence/index.ts'
import type { KnownPeople } from './KnownPeople.ts'

const mentionOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('.weft-mention') : null

const avatarSize = 36
const strangerColor = '#65686e'

/** More about the person whose mention is under the pointer, or was touched, anywhere within an element. */
export function MentionCards({ people, within }: { people: KnownPeople; within: RefObject<HTMLElement | null> }) {
  const [over, setOver] = useState<HTMLElement | null>(null)
  const [touched, setTouched] = useState(false)
  useEffect(() => {
    const element = within.current
    if (element === null) return
    const isMouse = ({ pointerType }: PointerEvent): boolean => pointerType === 'mouse'
    const close = (): void => setOver(null)
    const follow = (event: PointerEvent): void => {
      if (!isMouse(event)) return
      setTouched(false)
      setOver(mentionOf(event.target))
    }
    // A finger leaves what it has touched, too.
    const leave = (event: PointerEvent): void => {
      if (isMouse(event)) close()
    }
    const touch = (event: PointerEvent): void => {
      if (isMouse(event)) return
      setTouched(true)
      setOver(event.type === 'pointerup' ? mentionOf(event.target) : null)
    }
    element.addEventListener('pointerover', follow)
    element.addEventListener('pointerleave', leave)
    element.addEventListener('pointerdown', touch)
    element.addEventListener('pointerup', touch)
    window.addEventListener('keydown', close, true)
    return () => {
      element.removeEventListener('pointerover', follow)
      element.removeEventListener('pointerleave', leave)
      element.removeEventListener('pointerdown', touch)
      element.removeEventListener('pointerup', touch)
      window.removeEventListener('keydown', close, true)
    }
  }, [within])
  return (
    <HoverCardAt over={over} atOnce={touched}>
      {(mention) => (
        <PersonCard people={people} userId={mention.dataset.user ?? ''} name={mention.dataset.name ?? ''} />
      )}
    </HoverCardAt>
  )
}

function PersonCard({ people, userId, name }: { people: KnownPeople; userId: string; name: string }) {
  const { t } = useTranslation('editor')
  const known = useSyncExternalStore(people.subscribe, people.current)
  const found = known?.present.find(({ person }) => person.id === userId)
  const own = known?.own.id === userId
  const person = found?.person ?? (own ? known.own : { name: name || '?', color: strangerColor, image: null })
  const left = found === undefined && !own && known?.members !== undefined
  return (
    <div className="flex items-center gap-3">
      <Avatar person={person} size={avatarSize} faded={left} />
      <div className="min-w-0">
        <p className="truncate font-medium">{person.name}</p>
        {own && <p className="text-muted">{t('mention.you')}</p>}
        {!own && found && (
          <p className="text-muted">
            <PersonStatus person={found} />
          </p>
        )}
        {left && <p className="text-muted">{t('mention.left')}</p>}
      </div>
    </div>
  )
}
