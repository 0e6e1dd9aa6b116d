import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import type { Emoji } from '../../kit/emoji/EmojiIndex.ts'
import { ChoiceMenu } from '../choices/ChoiceMenu.tsx'
import type { ChoiceState } from '../choices/ChoiceState.ts'

/** Emoji below the `:` that one writes. Nothing shows where nothing is found: most colons are only colons. */
export function EmojiMenu({ state, editor }: { state: ChoiceState<Emoji>; editor: Editor }) {
  const { t } = useTranslation('editor')
  return (
    <ChoiceMenu state={state} editor={editor} label={t('emoji.label')} nothing={null}>
      {({ unicode, label, shortcodes }) => (
        <>
          <span className="weft-emoji" aria-hidden="true">
            {unicode}
          </span>
          <span className="weft-choice-name">{label}</span>
          {shortcodes[0] !== undefined && <small>:{shortcodes[0]}:</small>}
        </>
      )}
    </ChoiceMenu>
  )
}
