import type { Editor } from '@tiptap/core'
import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../choices/ChoiceMenu.tsx'
import type { ChoiceState } from '../choices/ChoiceState.ts'
import type { BlockChoice } from './items.ts'

export function SlashMenu({ state, editor }: { state: ChoiceState<BlockChoice>; editor: Editor }) {
  const { t } = useTranslation('editor')
  return (
    <ChoiceMenu state={state} editor={editor} label={t('slash.label')} nothing={t('slash.nothing')}>
      {(choice) => (
        <>
          <choice.icon size={16} aria-hidden="true" />
          <span>{t(`block.${choice.id}`)}</span>
          {choice.hint !== '' && <kbd>{choice.hint}</kbd>}
        </>
      )}
    </ChoiceMenu>
  )
}
