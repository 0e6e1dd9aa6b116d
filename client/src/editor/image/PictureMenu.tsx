import type { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'
import { useEditorState } from '@tiptap/react'
import type { PictureAttributes } from '@weft/shared/editor'
import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  type LucideIcon,
  Maximize2,
  MessageSquareText,
  Trash2,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EditorMenu } from '../toolbar/EditorMenu.tsx'
import { keyNames, ToolbarButton } from '../toolbar/ToolbarButton.tsx'
import { showLightbox } from './lightbox.ts'
import { describeEvent } from './PictureView.ts'

const sides: readonly { name: string; icon: LucideIcon; align: PictureAttributes['align'] }[] = [
  { name: 'left', icon: AlignLeft, align: 'left' },
  { name: 'middle', icon: AlignCenter, align: null },
  { name: 'right', icon: AlignRight, align: 'right' },
]

const selected = ({ state: { selection } }: Editor): PictureAttributes | null =>
  selection instanceof NodeSelection && selection.node.type.name === 'image'
    ? (selection.node.attrs as PictureAttributes)
    : null

const drawn = ({ view, state }: Editor): HTMLImageElement | null => {
  const dom = view.nodeDOM(state.selection.from)
  return dom instanceof HTMLElement ? dom.querySelector<HTMLImageElement>('.weft-picture-image') : null
}

/** What can be done with the selected picture, above it. Tab leads there from the text. */
export function PictureMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation('pictures')
  const menu = useRef<HTMLDivElement>(null)
  const [describing, setDescribing] = useState(false)
  const picture = useEditorState({ editor, selector: ({ editor }) => selected(editor) })

  useEffect(() => {
    const { dom } = editor.view
    const describe = (): void => setDescribing(true)
    const enter = (event: KeyboardEvent): void => {
      if (event.key !== 'Tab' || event.shiftKey || selected(editor) === null) return
      const first = menu.current?.querySelector<HTMLElement>('button, input')
      if (!first) return
      event.preventDefault()
      event.stopPropagation()
      first.focus()
    }
    dom.addEventListener(describeEvent, describe)
    dom.addEventListener('keydown', enter, true)
    return () => {
      dom.removeEventListener(describeEvent, describe)
      dom.removeEventListener('keydown', enter, true)
    }
  }, [editor])

  const set = (attributes: Partial<PictureAttributes>): void => {
    editor.chain().focus().updateAttributes('image', attributes).run()
  }
  return (
    <EditorMenu
      ref={menu}
      editor={editor}
      pluginKey="pictureMenu"
      placement="top"
      offset={8}
      onHide={() => setDescribing(false)}
      shouldShow={() => editor.isEditable && selected(editor) !== null}
      reference={() => drawn(editor)?.parentElement ?? null}
      className="weft-menu weft-bubble"
      role="toolbar"
      aria-label={t('menu.label')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        editor.view.focus()
      }}
    >
      {describing && picture !== null ? (
        <Description
          picture={picture}
          onDone={(said) => {
            setDescribing(false)
            if (said === null) editor.view.focus()
            else set(said)
          }}
        />
      ) : (
        <>
          {sides.map(({ name, icon, align }) => (
            <ToolbarButton
              key={name}
              icon={icon}
              label={t(`menu.${name}`)}
              active={picture?.align === align}
              onPress={() => set({ align })}
            />
          ))}
          <span className="weft-tool-gap" />
          <ToolbarButton
            icon={ZoomOut}
            label={t('menu.smaller')}
            keys={keyNames('Mod+Alt+←')}
            onPress={() => editor.chain().focus().resizePicture(-1).run()}
          />
          <ToolbarButton
            icon={ZoomIn}
            label={t('menu.larger')}
            keys={keyNames('Mod+Alt+→')}
            onPress={() => editor.chain().focus().resizePicture(1).run()}
          />
          <span className="weft-tool-gap" />
          <ToolbarButton
            icon={MessageSquareText}
            label={t('menu.describe')}
            active={picture?.alt != null}
            onPress={() => setDescribing(true)}
          />
          <ToolbarButton
            icon={Maximize2}
            label={t('menu.open')}
            onPress={() => {
              const image = drawn(editor)
              if (image?.src) showLightbox(image, { close: t('close') })
            }}
          />
          <ToolbarButton
            icon={Trash2}
            label={t('menu.remove')}
            onPress={() => editor.chain().focus().deleteSelection().run()}
          />
        </>
      )}
    </EditorMenu>
  )
}

/** What a picture shows, in words, and its caption. */
function Description(props: {
  picture: PictureAttributes
  onDone(said: Pick<PictureAttributes, 'alt' | 'caption'> | null): void
}) {
  const { picture, onDone } = props
  const { t } = useTranslation('pictures')
  const [alt, setAlt] = useState(picture.alt ?? '')
  const [caption, setCaption] = useState(picture.caption ?? '')
  const first = useRef<HTMLInputElement>(null)
  const hint = useId()
  useEffect(() => first.current?.focus(), [])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onDone({ alt: alt.trim() || null, caption: caption.trim() || null })
  }
  return (
    <form
      className="weft-picture-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone(null)
      }}
    >
      <label>
        {t('describe.alt')}
        <input
          ref={first}
          value={alt}
          maxLength={2_000}
          aria-describedby={hint}
          onChange={({ target }) => setAlt(target.value)}
        />
      </label>
      <p id={hint}>{t('describe.hint')}</p>
      <label>
        {t('describe.caption')}
        <input value={caption} maxLength={1_000} onChange={({ target }) => setCaption(target.value)} />
      </label>
      <button type="submit" className="weft-picture-apply">
        {t('describe.apply')}
      </button>
    </form>
  )
}
