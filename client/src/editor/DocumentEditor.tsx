import type { Document } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { kindOf } from '@weft/shared/text'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReadingWidth } from '../kit/readingWidth.ts'
import { type DocumentSession, useDocumentState } from '../live/index.ts'
import { useFollow } from '../presence/index.ts'
import { CollaborativeView } from './CollaborativeView.tsx'
import { DocumentsAround } from './documentLink/DocumentsAround.tsx'
import { KnownDocuments } from './documentLink/KnownDocuments.ts'
import type { Editors } from './editors.ts'
import { followPerson } from './follow.ts'
import type { Pictures } from './image/Pictures.ts'
import { useDocumentPictures } from './image/useDocumentPictures.ts'
import { LinkCards } from './linkCard/LinkCards.tsx'
import { KnownPeople } from './mention/KnownPeople.ts'
import { MentionCards } from './mention/MentionCards.tsx'
import { type DocumentReaders, PeopleAround } from './mention/PeopleAround.tsx'
import { setOpenEditor } from './openEditor.ts'
import { ReadingView } from './ReadingView.tsx'
import { isKnown } from './unknown.ts'
import './prose.css'
import './image/image.css'
import './carets/carets.css'
import './menus.css'
import './blocks/blocks.css'
import './nodes.css'
import './editor.css'
import './print.css'

export interface DocumentEditorProps {
  session: DocumentSession
  workspaceId: WorkspaceId
  documentId: DocumentId
  readOnly: boolean
  /** Who may be mentioned. */
  readers: DocumentReaders
  /** All that one may see of the workspace; undefined until it is known. */
  documents: readonly Document[] | undefined
}

/**
 * The title and text of a document. It mounts when the device store is read (never before), and anew when the session
 * replaces its `Y.Doc`. Reading never writes [SAVE-8]; a document with parts that this version does not know is shown
 * and not edited.
 */
export function DocumentEditor(props: DocumentEditorProps) {
  const { session, workspaceId, documentId, readOnly, readers } = props
  const article = useRef<HTMLElement>(null)
  const width = useReadingWidth()
  const [people] = useState(() => new KnownPeople(documentId))
  const pictures = useDocumentPictures(workspaceId, documentId)
  const [known] = useState(() => new KnownDocuments(workspaceId, documentId))
  // Without the word about saving, which changes twice with every key and draws nothing here.
  const state = useDocumentState(session)
  // Before its seed has arrived a document has no kind, and an editor would write a second beginning.
  if (!state.loaded || !state.readable) return null
  return (
    <article
      ref={article}
      className="weft-editor"
      data-document={documentId}
      data-width={width}
      data-writing={readOnly || state.closed !== null ? undefined : ''}
    >
      <PeopleAround people={people} workspaceId={workspaceId} readers={readers} />
      <DocumentsAround known={known} documents={props.documents} />
      <Loaded
        key={state.generation}
        session={session}
        readOnly={readOnly || state.closed !== null}
        people={people}
        documents={known}
        documentId={documentId}
        pictures={pictures}
        onMentioning={readers.watch}
      />
      <MentionCards people={people} within={article} />
      <LinkCards within={article} />
    </article>
  )
}

interface LoadedProps {
  session: DocumentSession
  readOnly: boolean
  people: KnownPeople
  pictures: Pictures
  documents: KnownDocuments
  documentId: DocumentId
  onMentioning(): () => void
}

function Loaded({ session, readOnly, people, pictures, documents, documentId, onMentioning }: LoadedProps) {
  const { t } = useTranslation('editor')
  const { following } = useFollow()
  const [{ doc, awareness }] = useState(() => ({ doc: session.doc, awareness: session.awareness }))
  const [known, setKnown] = useState(() => isKnown(doc))
  const [editors, setEditors] = useState<Editors | null>(null)

  useEffect(() => {
    if (editors === null) return
    setOpenEditor(documentId, editors.body)
    return () => setOpenEditor(documentId, null)
  }, [editors, documentId])
  useEffect(() => {
    return editors && following !== null ? followPerson(editors.body, awareness, following) : undefined
  }, [editors, awareness, following])

  if (kindOf(doc) === 'plain') {
    return (
      <>
        <p className="weft-editor-notice" role="status">
          {t('plain.explained')}
        </p>
        <ReadingView doc={doc} label={t('body.label')} people={people} />
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
        <ReadingView doc={doc} label={t('body.label')} people={people} />
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
      people={people}
      pictures={pictures}
      documents={documents}
      onMentioning={onMentioning}
      saved={() => session.state.save.word === 'saved'}
      onUnknown={() => setKnown(false)}
      onEditors={setEditors}
    />
  )
}
