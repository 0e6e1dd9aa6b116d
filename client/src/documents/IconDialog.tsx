import { type Document, DocumentIcon } from '@weft/shared/documents'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, Field } from '../kit/index.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** What teams mark documents with, by what it is about. All others can be typed: every system has a keyboard of them. */
const groups = {
  work: ['📄', '📝', '📋', '📌', '📎', '📁', '🗂️', '📅', '📊', '📈', '💼', '✉️', '📣', '🗳️', '🧾', '🔖'],
  making: ['🚀', '🛠️', '⚙️', '🧩', '🧪', '🔬', '💡', '🎨', '🧵', '🪡', '🧶', '✂️', '📐', '🏗️', '🔧', '🐛'],
  people: ['👋', '🙌', '🤝', '👥', '👩‍💻', '🧑‍🎨', '🧑‍🔧', '🎓', '🎉', '🏆', '❤️', '⭐', '💬', '🗣️', '🧠', '👀'],
  world: ['🏠', '🏢', '🌍', '🗺️', '✈️', '🚲', '☀️', '🌙', '🌱', '🌳', '🔥', '💧', '🐑', '🐝', '☕', '🍎'],
  signs: ['✅', '❌', '⚠️', '❓', '❗', '🔒', '🔑', '🔔', '⏳', '🟢', '🟡', '🔴', '🔵', '🟣', '➡️', '♻️'],
} as const
const groupNames = ['work', 'making', 'people', 'world', 'signs'] as const

/** Gives a document an emoji, or takes it back. */
export function IconDialog({ document, onClose }: { document: Document; onClose(): void }) {
  const { t } = useTranslation('documents')
  const { setIcon } = useDocumentCommands(document.workspaceId)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const choose = (icon: string | null) => {
    onClose()
    if (icon !== document.icon) void setIcon(document, icon)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const icon = DocumentIcon.safeParse(typed.trim())
    if (icon.success) choose(icon.data)
    else setWrong(true)
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('icon.title')}>
      {groupNames.map((name) => (
        <section key={name} className="mb-3">
          <h3 className="mb-1 font-medium text-faint text-xs">{t(`icon.group.${name}`)}</h3>
          <div className="grid grid-cols-8 gap-0.5">
            {groups[name].map((icon) => (
              <button
                key={icon}
                type="button"
                aria-pressed={icon === document.icon}
                onClick={() => choose(icon)}
                className="inline-flex aspect-square max-h-10 items-center justify-center rounded-md text-lg hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:ring-1 aria-pressed:ring-accent"
              >
                {icon}
              </button>
            ))}
          </div>
        </section>
      ))}
      <form onSubmit={submit} className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label={t('icon.other')}
            value={typed}
            maxLength={40}
            autoComplete="off"
            {...(wrong ? { error: t('icon.wrong') } : {})}
            onChange={(event) => {
              setTyped(event.target.value)
              setWrong(false)
            }}
          />
        </div>
        <Button type="submit" disabled={typed.trim() === ''}>
          {t('icon.take')}
        </Button>
      </form>
      {document.icon !== null && (
        <Button look="plain" size="sm" className="mt-3" onClick={() => choose(null)}>
          {t('icon.none')}
        </Button>
      )}
    </Dialog>
  )
}
