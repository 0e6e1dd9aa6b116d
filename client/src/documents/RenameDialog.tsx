import { type Document, titleLimit } from '@weft/shared/documents'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, Field } from '../kit/index.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** Writes the title of a document that need not be open. */
export function RenameDialog(props: { document: Document; open: boolean; onOpenChange(open: boolean): void }) {
  const { t } = useTranslation('documents')
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title={t('rename.title')}>
      <RenameForm document={props.document} onDone={() => props.onOpenChange(false)} />
    </Dialog>
  )
}

function RenameForm({ document, onDone }: { document: Document; onDone(): void }) {
  const { t } = useTranslation('documents')
  const { rename } = useDocumentCommands(document.workspaceId)
  const [title, setTitle] = useState(document.title)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDone()
    if (title.trim() !== document.title) void rename(document, title.trim())
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label={t('rename.label')}
        value={title}
        maxLength={titleLimit}
        autoFocus
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button type="submit" look="primary" className="self-end">
        {t('rename.action')}
      </Button>
    </form>
  )
}
