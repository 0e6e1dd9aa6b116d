import { type Document, DocumentIcon } from '@weft/shared/documents'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Emoji, EmojiIndex } from '../kit/emoji/EmojiIndex.ts'
import { Button, Dialog, Field } from '../kit/index.ts'
import { useDocumentCommands } from './useDocumentCommands.ts'

/** What teams mark documents with, by what it is about. All others are found by their names, or typed. */
const groups = {
  work: ['📄', '📝', '📋', '📌', '📎', '📁', '🗂️', '📅', '📊', '📈', '💼', '✉️', '📣', '🗳️', '🧾', '🔖'],
  making: ['🚀', '🛠️', '⚙️', '🧩', '🧪', '🔬', '💡', '🎨', '🧵', '🪡', '🧶', '✂️', '📐', '🏗️', '🔧', '🐛'],
  people: ['👋', '🙌', '🤝', '👥', '👩‍💻', '🧑‍🎨', '🧑‍🔧', '🎓', '🎉', '🏆', '❤️', '⭐', '💬', '🗣️', '🧠', '👀'],
  world: ['🏠', '🏢', '🌍', '🗺️', '✈️', '🚲', '☀️', '🌙', '🌱', '🌳', '🔥', '💧', '🐑', '🐝', '☕', '🍎'],
  signs: ['✅', '❌', '⚠️', '❓', '❗', '🔒', '🔑', '🔔', '⏳', '🟢', '🟡', '🔴', '🔵', '🟣', '➡️', '♻️'],
} as const
const groupNames = ['work', 'making', 'people', 'world', 'signs'] as const

/** What a word finds, in the reader's language; null: no word yet, or its names cannot be had now. */
function useFoundEmoji(query: string): Emoji[] | null {
  const { i18n } = useTranslation()
  const [index, setIndex] = useState<EmojiIndex | null>(null)
  const isWord = /\p{L}{2}/u.test(query)
  useEffect(() => {
    if (!isWord) return
    let wanted = true
    import('../kit/emoji/load.ts')
      .then(({ loadEmoji }) => loadEmoji(i18n.language))
      .then(
        (loaded) => {
          if (wanted) setIndex(loaded)
        },
        // Without a network they may not be there: those below are.
        () => undefined,
      )
    return () => {
      wanted = false
    }
  }, [isWord, i18n.language])
  return isWord && index !== null
    ? index.find(query).filter(({ unicode }) => DocumentIcon.safeParse(unicode).success)
    : null
}

/** Gives a document an emoji, or takes it back. */
export function IconDialog({ document, onClose }: { document: Document; onClose(): void }) {
  const { t } = useTranslation('documents')
  const { setIcon } = useDocumentCommands(document.workspaceId)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const found = useFoundEmoji(typed.trim())
  const choose = (icon: string | null) => {
    onClose()
    if (icon !== document.icon) void setIcon(document, icon)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const icon = DocumentIcon.safeParse(found?.[0]?.unicode ?? typed.trim())
    if (icon.success) choose(icon.data)
    else setWrong(true)
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('icon.title')}>
      <form onSubmit={submit} className="mb-4 flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label={t('icon.search')}
            autoFocus
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
      {found !== null && found.length > 0 ? (
        <Icons
          icons={found.map(({ unicode }) => unicode)}
          chosen={document.icon}
          nameOf={(icon) => found.find(({ unicode }) => unicode === icon)?.label}
          onChoose={choose}
        />
      ) : (
        groupNames.map((name) => (
          <section key={name} className="mb-3">
            <h3 className="mb-1 font-medium text-faint text-xs">{t(`icon.group.${name}`)}</h3>
            <Icons icons={groups[name]} chosen={document.icon} onChoose={choose} />
          </section>
        ))
      )}
      {document.icon !== null && (
        <Button look="plain" size="sm" className="mt-3" onClick={() => choose(null)}>
          {t('icon.none')}
        </Button>
      )}
    </Dialog>
  )
}

interface IconsProps {
  icons: readonly string[]
  chosen: string | null
  nameOf?(icon: string): string | undefined
  onChoose(icon: string): void
}

function Icons({ icons, chosen, nameOf, onChoose }: IconsProps) {
  return (
    <div className="grid grid-cols-8 gap-0.5">
      {icons.map((icon) => (
        <button
          key={icon}
          type="button"
          title={nameOf?.(icon)}
          aria-pressed={icon === chosen}
          onClick={() => onChoose(icon)}
          className="inline-flex aspect-square max-h-10 items-center justify-center rounded-md text-lg hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:ring-1 aria-pressed:ring-accent"
        >
          {icon}
        </button>
      ))}
    </div>
  )
}
