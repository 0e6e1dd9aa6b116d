import { DocumentId, randomId, WorkspaceId } from '@weft/shared/kit'
import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { KnownDocuments } from '../documentLink/KnownDocuments.ts'
import { createEditors, type Editors } from '../editors.ts'
import type { Pictures } from '../image/Pictures.ts'
import type { PictureTexts } from '../image/pictureTexts.ts'
import { KnownPeople } from '../mention/KnownPeople.ts'

const texts = {
  title: { label: 'Title', placeholder: { empty: '', line: '' } },
  body: { label: 'Text', placeholder: { empty: '', line: '' } },
  code: { language: 'Language', plain: 'Plain' },
  callout: {
    kind: 'Kind',
    kinds: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', danger: 'Danger' },
  },
  details: { toggle: 'Open or close' },
  documentLink: { untitled: 'Untitled', missing: 'Missing' },
  math: { empty: 'Formula' },
  task: (text: string) => text,
  picture: new Proxy({}, { get: (_, name) => String(name) }) as PictureTexts,
}

/** The editors of a page without the page: they lay nothing out, so there is nothing to observe. */
export function openEditors(
  doc: Y.Doc,
  readOnly = false,
  saved = () => true,
  people = new KnownPeople(DocumentId.parse(randomId())),
  documents = new KnownDocuments(WorkspaceId.parse(randomId()), DocumentId.parse(randomId())),
  pictures: Pictures | null = null,
): Editors {
  globalThis.ResizeObserver ??= class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  const element = (): HTMLElement => document.createElement('div')
  const elements = { title: element(), titleLayer: element(), body: element(), bodyLayer: element() }
  const awareness = new Awareness(doc)
  return createEditors({ doc, awareness, readOnly, saved, texts, elements, people, pictures, documents, writing: [] })
}
