import { Editor } from '@tiptap/core'
import { editorExtensions, readBody, toMarkdown } from '@weft/shared/editor'
import { kindOf, titleOf } from '@weft/shared/text'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { imageWithView } from './image/imageWithView.ts'
import { pictureTexts } from './image/pictureTexts.ts'
import { OpenLinks } from './links.ts'
import type { KnownPeople } from './mention/KnownPeople.ts'
import { mentionWithView } from './mention/MentionWithView.ts'

/** A document that changes often is read again at most this often. Milliseconds. */
const readInterval = 300

/**
 * A document that this version cannot edit, shown as far as it is understood: read with tolerance, on no `Y.Doc`, so
 * nothing can be written. Plain documents too.
 */
export function ReadingView({ doc, label, people }: { doc: Y.Doc; label: string; people: KnownPeople }) {
  const { t } = useTranslation('pictures')
  const element = useRef<HTMLDivElement>(null)
  const [title, setTitle] = useState(() => titleOf(doc))
  const [plain, setPlain] = useState(() => (kindOf(doc) === 'plain' ? toMarkdown(doc).markdown : null))

  useEffect(() => {
    const editor = new Editor({
      element: element.current,
      injectCSS: false,
      editable: false,
      extensions: [
        ...editorExtensions.filter(({ name }) => name !== 'mention' && name !== 'image'),
        mentionWithView(people),
        imageWithView(null, pictureTexts(t)),
        OpenLinks,
      ],
      content: readBody(doc).toJSON(),
      editorProps: { attributes: { class: 'weft-prose', 'aria-label': label } },
    })
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = (): void => {
      timer = undefined
      setTitle(titleOf(doc))
      setPlain(kindOf(doc) === 'plain' ? toMarkdown(doc).markdown : null)
      editor.commands.setContent(readBody(doc).toJSON(), { emitUpdate: false })
    }
    const onUpdate = (): void => {
      timer ??= setTimeout(read, readInterval)
    }
    doc.on('update', onUpdate)
    return () => {
      clearTimeout(timer)
      doc.off('update', onUpdate)
      editor.destroy()
    }
  }, [doc, label, people, t])

  return (
    <>
      <h1 className="weft-title-text weft-title">{title}</h1>
      {plain !== null && <pre className="weft-plain">{plain}</pre>}
      <div ref={element} hidden={plain !== null} />
    </>
  )
}
