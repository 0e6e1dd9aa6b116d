export { DocumentEditor, type DocumentEditorProps } from './DocumentEditor.tsx'
export type { DocumentReaders } from './mention/PeopleAround.tsx'
