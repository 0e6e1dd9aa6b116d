export { DocumentEditor, type DocumentEditorProps } from './DocumentEditor.tsx'
export { type PreparedPicture, preparePicture } from './image/preparePicture.ts'
export type { DocumentReaders } from './mention/PeopleAround.tsx'
export { OutlinePanel } from './outline/OutlinePanel.tsx'
