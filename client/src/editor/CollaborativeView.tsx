import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { createEditors, type Editors } from './editors.ts'
import { PictureMenu } from './image/PictureMenu.tsx'
import type { Pictures } from './image/Pictures.ts'
import { pictureTexts } from './image/pictureTexts.ts'
import type { KnownPeople } from './mention/KnownPeople.ts'
import { MentionMenu } from './mention/MentionMenu.tsx'
import { mentionExtension, mentionState } from './mention/mentionExtension.ts'
import { mirrorOf } from './mirror.ts'
import { RoomBelow } from './RoomBelow.tsx'
import { SlashMenu } from './slash/SlashMenu.tsx'
import { slashExtension, slashState } from './slash/slashExtension.ts'
import { SelectionMenu } from './toolbar/SelectionMenu.tsx'
import { TableMenu } from './toolbar/TableMenu.tsx'
import { watchUnknown } from './unknown.ts'

interface CollaborativeViewProps {
  doc: Y.Doc
  awareness: Awareness
  readOnly: boolean
  /** Who may be mentioned, and who is. */
  people: KnownPeople
  pictures: Pictures
  /** Called when somebody is about to be mentioned, its answer afterwards. */
  onMentioning(): () => void
  /** Whether the server has all of one's own text. */
  saved(): boolean
  /** Called before anything has looked at a change that this version does not know. */
  onUnknown(): void
  onEditors?(editors: Editors | null): void
}

/** Title and body on a live document. Mounts once for each `doc` and `readOnly`. */
export function CollaborativeView(props: CollaborativeViewProps) {
  const { doc, awareness, readOnly, people, pictures, onMentioning, saved, onUnknown, onEditors } = props
  const { t } = useTranslation('editor')
  const title = useRef<HTMLDivElement>(null)
  const titleLayer = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const bodyLayer = useRef<HTMLDivElement>(null)
  const callbacks = useRef({ saved, onUnknown, onEditors, t })
  callbacks.current = { saved, onUnknown, onEditors, t }
  const [slash] = useState(() => slashState((choice) => callbacks.current.t(`block.${choice.id}`)))
  const [mentioning] = useState(() => mentionState(people, awareness))
  const [editors, setEditors] = useState<Editors | null>(null)

  useEffect(() => {
    const elements = {
      title: title.current,
      titleLayer: titleLayer.current,
      body: body.current,
      bodyLayer: bodyLayer.current,
    }
    if (!elements.title || !elements.titleLayer || !elements.body || !elements.bodyLayer) return
    const word = (key: string): string => callbacks.current.t(key)
    const copy = readOnly ? mirrorOf(doc) : null
    const made = createEditors({
      doc: copy?.mirror ?? doc,
      awareness,
      readOnly,
      saved: () => callbacks.current.saved(),
      elements: {
        title: elements.title,
        titleLayer: elements.titleLayer,
        body: elements.body,
        bodyLayer: elements.bodyLayer,
      },
      texts: {
        title: { label: word('title.label'), placeholder: { empty: word('title.placeholder'), line: '' } },
        body: {
          label: word('body.label'),
          placeholder: { empty: word(readOnly ? 'body.empty' : 'body.placeholder'), line: word('body.line') },
        },
        code: { language: word('code.language'), plain: word('code.plain') },
        picture: pictureTexts((key) => callbacks.current.t(key, { ns: 'pictures' })),
        task: (text) => (text === '' ? word('task.empty') : callbacks.current.t('task.label', { text })),
      },
      people,
      pictures,
      writing: [slashExtension(slash), mentionExtension(mentioning)],
    })
    let alive = true
    const destroy = (): void => {
      if (!alive) return
      alive = false
      made.destroy()
      copy?.destroy()
    }
    const stopWatching = watchUnknown(doc, () => {
      // At once and not with the next render: the observers that would delete the unknown run right after this.
      destroy()
      callbacks.current.onUnknown()
    })
    setEditors(made)
    callbacks.current.onEditors?.(made)
    return () => {
      stopWatching()
      setEditors(null)
      callbacks.current.onEditors?.(null)
      destroy()
    }
  }, [doc, awareness, readOnly, people, pictures, slash, mentioning])

  return (
    <>
      <div className="weft-field">
        <div ref={title} />
        <div ref={titleLayer} className="weft-caret-layer" aria-hidden="true" />
      </div>
      <div className="weft-field">
        <div ref={body} />
        <div ref={bodyLayer} className="weft-caret-layer" aria-hidden="true" />
      </div>
      {editors && !readOnly && !editors.body.isDestroyed && (
        <>
          <RoomBelow editor={editors.body} />
          <SelectionMenu editor={editors.body} />
          <TableMenu editor={editors.body} />
          <PictureMenu editor={editors.body} />
          <SlashMenu state={slash} editor={editors.body} />
          <MentionMenu
            state={mentioning}
            people={people}
            awareness={awareness}
            editor={editors.body}
            onOpen={onMentioning}
          />
        </>
      )}
    </>
  )
}
