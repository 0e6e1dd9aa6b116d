import type { Editor } from '@tiptap/core'
import { safeHref } from '@weft/shared/editor'
import { Check, Unlink } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ToolbarButton } from './ToolbarButton.tsx'

/** `example.org/x` is meant as a web address; what has a scheme, or is a path or fragment, is taken as it is. */
export function hrefFrom(input: string): string | null {
  const text = input.trim()
  if (text === '') return null
  const mail = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)
  if (mail) return safeHref(`mailto:${text}`)
  const bare = /^[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)/.test(text)
  return safeHref(bare ? `https://${text}` : text)
}

/** The address of the selected text. */
export function LinkForm({ editor, onDone }: { editor: Editor; onDone(): void }) {
  const { t } = useTranslation('editor')
  const before = editor.getAttributes('link').href
  const [text, setText] = useState(typeof before === 'string' ? before : '')
  const [refused, setRefused] = useState(false)
  const leave = (): void => {
    onDone()
    editor.view.focus()
  }
  const unlink = (): void => {
    editor.chain().focus().extendMarkRange('link').unsetLink().run()
    onDone()
  }
  const submit = (): void => {
    const href = hrefFrom(text)
    if (text.trim() === '') unlink()
    else if (href === null) setRefused(true)
    else {
      editor.chain().focus().extendMarkRange('link').setLink({ href }).run()
      onDone()
    }
  }
  return (
    <form
      className="weft-link-form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        leave()
      }}
    >
      <input
        type="text"
        inputMode="url"
        aria-label={t('link.address')}
        aria-invalid={refused}
        placeholder={t('link.placeholder')}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
        autoFocus
        onChange={(event) => {
          setText(event.target.value)
          setRefused(false)
        }}
      />
      <ToolbarButton icon={Check} label={t('link.apply')} onPress={submit} />
      {before !== undefined && <ToolbarButton icon={Unlink} label={t('link.remove')} onPress={unlink} />}
      {refused && <p role="alert">{t('link.refused')}</p>}
    </form>
  )
}
