import type { Editor } from '@tiptap/core'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Awareness } from 'y-protocols/awareness'
import { Avatar } from '../../presence/index.ts'
import { ChoiceMenu } from '../choices/ChoiceMenu.tsx'
import type { ChoiceState } from '../choices/ChoiceState.ts'
import type { KnownPeople } from './KnownPeople.ts'
import type { Mentionable } from './mentionable.ts'

interface MentionMenuProps {
  state: ChoiceState<Mentionable>
  people: KnownPeople
  awareness: Awareness
  editor: Editor
  /** Called when the menu opens, its answer when it closes: what is known of the people may be old. */
  onOpen(): () => void
}

/** Who may see the document, below the `@` that one writes. */
export function MentionMenu({ state, people, awareness, editor, onOpen }: MentionMenuProps) {
  const { t } = useTranslation('editor')
  const open = useSyncExternalStore(state.subscribe, () => state.current() !== null)
  useEffect(() => (open ? onOpen() : undefined), [open, onOpen])
  useEffect(() => {
    if (!open) return
    const stop = people.subscribe(state.refresh)
    const look = ({ added, removed }: { added: number[]; removed: number[] }): void => {
      if (added.length + removed.length > 0) state.refresh()
    }
    awareness.on('change', look)
    return () => {
      stop()
      awareness.off('change', look)
    }
  }, [open, state, people, awareness])
  const hint = ({ own, readsOnly, here }: Mentionable): string => {
    if (own) return t('mention.you')
    if (readsOnly) return t('mention.readsOnly')
    return here ? t('mention.here') : ''
  }
  return (
    <ChoiceMenu state={state} editor={editor} label={t('mention.label')} nothing={t('mention.nothing')}>
      {(choice) => (
        <>
          <Avatar person={choice.person} {...(choice.own ? {} : { status: choice.status })} />
          <span className="weft-choice-name">{choice.person.name}</span>
          {hint(choice) !== '' && <small>{hint(choice)}</small>}
        </>
      )}
    </ChoiceMenu>
  )
}
