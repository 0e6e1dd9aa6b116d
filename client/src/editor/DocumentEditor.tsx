import type { DocumentId } from '@weft/shared/kit'
import { kindOf } from '@weft/shared/text'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentSession } from '../live/index.ts'
import { useFollow } from '../presence/index.ts'
import { CollaborativeView } from './CollaborativeView.tsx'
import type { Editors } from './editors.ts'
import { followPerson } from './follow.ts'
import { ReadingView } from './ReadingView.tsx'
import { isKnown } from './unknown.ts'
import './prose.css'
import './carets/carets.css'
import './menus.css'
import './editor.css'

export interface DocumentEditorProps {
  session: DocumentSession
  documentId: DocumentId
  readOnly: boolean
}

/**
 * The title and text of a document. It mounts when the device store is read (never before), and anew when the session
 * replaces its `Y.Doc`. Reading never writes [SAVE-8]; a document with parts that this version does not know is shown
 * and not edited.
 */
export function DocumentEditor({ session, documentId, readOnly }: DocumentEditorProps) {
  const state = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.state,
  )
  // Before its seed has arrived a document has no kind, and an editor would write a second beginning.
  if (!state.loaded || !state.readable) return null
  return (
    <article className="weft-editor" data-document={documentId}>
      <Loaded key={state.generation} session={session} readOnly={readOnly || state.closed !== null} />
    </article>
  )
}

function Loaded({ session, readOnly }: { session: DocumentSession; readOnly: boolean }) {
  const { t } = useTranslation('editor')
  const { following } = useFollow()
  const [{ doc, awareness }] = useState(() => ({ doc: session.doc, awareness: session.awareness }))
  const [known, setKnown] = useState(() => isKnown(doc))
  const [editors, setEditors] = useState<Editors | null>(null)

  useEffect(() => {
    return editors && following !== null ? followPerson(editors.body, awareness, following) : undefined
  }, [editors, awareness, following])

  if (kindOf(doc) === 'plain') {
    return (
      <>
        <p className="weft-editor-notice" role="status">
          {t('plain.explained')}
        </p>
        <ReadingView doc={doc} label={t('body.label')} />
      </>
    )
  }
  if (!known) {
    return (
      <>
        <p className="weft-editor-notice" role="status">
          {t('unknown.explained')}{' '}
          <button type="button" onClick={() => location.reload()}>
            {t('unknown.reload')}
          </button>
        </p>
        <ReadingView doc={doc} label={t('body.label')} />
      </>
    )
  }
  return (
    <CollaborativeView
      // The menus of one view must never meet the editors of the other, which are gone by then.
      key={readOnly ? 'reading' : 'writing'}
      doc={doc}
      awareness={awareness}
      readOnly={readOnly}
      saved={() => session.state.save.word === 'saved'}
      onUnknown={() => setKnown(false)}
      onEditors={setEditors}
    />
  )
}
