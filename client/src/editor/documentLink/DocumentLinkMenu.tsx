import type { Editor } from '@tiptap/core'
import type { Document } from '@weft/shared/documents'
import { FileText } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceMenu } from '../choices/ChoiceMenu.tsx'
import type { ChoiceState } from '../choices/ChoiceState.ts'
import type { KnownDocuments } from './KnownDocuments.ts'

interface DocumentLinkMenuProps {
  state: ChoiceState<Document>
  known: KnownDocuments
  editor: Editor
}

/** Documents by title, below the `[[` that one writes. */
export function DocumentLinkMenu({ state, known, editor }: DocumentLinkMenuProps) {
  const { t } = useTranslation('editor')
  useEffect(() => known.subscribe(state.refresh), [known, state])
  return (
    <ChoiceMenu state={state} editor={editor} label={t('documentLink.label')} nothing={t('documentLink.nothing')}>
      {({ title }) => (
        <>
          <FileText size={16} aria-hidden="true" />
          <span className="weft-choice-name">{title}</span>
        </>
      )}
    </ChoiceMenu>
  )
}
