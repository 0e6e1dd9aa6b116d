import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { BlockHandle } from './blocks/BlockHandle.tsx'
import { DocumentLinkMenu } from './documentLink/DocumentLinkMenu.tsx'
import { documentLinkExtension, documentLinkState } from './documentLink/documentLinkExtension.ts'
import type { KnownDocuments } from './documentLink/KnownDocuments.ts'
import { createEditors, type Editors } from './editors.ts'
import { EmojiMenu } from './emoji/EmojiMenu.tsx'
import { emojiExtension, emojiSource } from './emoji/emojiExtension.ts'
import { FindHost } from './find/FindHost.tsx'
import { PictureMenu } from './image/PictureMenu.tsx'
import type { Pictures } from './image/Pictures.ts'
import { pictureTexts } from './image/pictureTexts.ts'
import { MathMenu } from './math/MathMenu.tsx'
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
  documents: KnownDocuments
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
  const { doc, awareness, readOnly, people, pictures, documents, onMentioning, saved, onUnknown, onEditors } = props
  const { t, i18n } = useTranslation('editor')
  const title = useRef<HTMLDivElement>(null)
  const titleLayer = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const bodyLayer = useRef<HTMLDivElement>(null)
  const callbacks = useRef({ saved, onUnknown, onEditors, t })
  callbacks.current = { saved, onUnknown, onEditors, t }
  const [slash] = useState(() => slashState((choice) => callbacks.current.t(`block.${choice.id}`)))
  const [mentioning] = useState(() => mentionState(people, awareness))
  const [linking] = useState(() => documentLinkState(documents))
  const [emoji] = useState(() =>
    emojiSource(async () => (await import('../kit/emoji/load.ts')).loadEmoji(i18n.language)),
  )
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
        callout: {
          kind: word('callout.kind'),
          kinds: {
            note: word('callout.note'),
            tip: word('callout.tip'),
            important: word('callout.important'),
            warning: word('callout.warning'),
            danger: word('callout.danger'),
          },
        },
        details: { toggle: word('details.toggle') },
        documentLink: { untitled: word('documentLink.untitled'), missing: word('documentLink.missing') },
        math: { empty: word('math.empty') },
        picture: pictureTexts((key) => callbacks.current.t(key, { ns: 'pictures' })),
        task: (text) => (text === '' ? word('task.empty') : callbacks.current.t('task.label', { text })),
      },
      people,
      pictures,
      documents,
      writing: [
        slashExtension(slash),
        mentionExtension(mentioning),
        documentLinkExtension(linking),
        emojiExtension(emoji),
      ],
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
  }, [doc, awareness, readOnly, people, pictures, documents, slash, mentioning, linking, emoji])

  const shown = editors !== null && !editors.body.isDestroyed ? editors.body : null
  return (
    <>
      {shown && <FindHost editor={shown} readOnly={readOnly} />}
      <div className="weft-field">
        <div ref={title} />
        <div ref={titleLayer} className="weft-caret-layer" aria-hidden="true" />
      </div>
      <div className="weft-field">
        <div ref={body} />
        <div ref={bodyLayer} className="weft-caret-layer" aria-hidden="true" />
        {shown && !readOnly && <BlockHandle editor={shown} />}
      </div>
      {shown && !readOnly && (
        <>
          <RoomBelow editor={shown} />
          <SelectionMenu editor={shown} />
          <TableMenu editor={shown} />
          <PictureMenu editor={shown} />
          <MathMenu editor={shown} />
          <DocumentLinkMenu state={linking} known={documents} editor={shown} />
          <EmojiMenu state={emoji.state} editor={shown} />
          <SlashMenu state={slash} editor={shown} />
          <MentionMenu state={mentioning} people={people} awareness={awareness} editor={shown} onOpen={onMentioning} />
        </>
      )}
    </>
  )
}
