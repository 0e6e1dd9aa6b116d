import { Editor, type Extensions } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import type { Node } from '@tiptap/pm/model'
import { editorExtensions, parseMarkdown, titleExtensions } from '@weft/shared/editor'
import { fields } from '@weft/shared/text'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { bodyBorder, type Neighbours, titleBorder } from './border.ts'
import { type CalloutTexts, calloutWithView } from './callout/CalloutWithView.ts'
import { carets } from './carets/caretExtension.ts'
import { publishView } from './carets/publish.ts'
import { type CodeBlockTexts, codeBlockWithView } from './code/CodeBlockWithView.ts'
import { CurrentSelection, keepMovedSelection } from './currentSelection.ts'
import { DetailsKeys } from './details/DetailsKeys.ts'
import { type DetailsTexts, detailsWithView } from './details/DetailsWithView.ts'
import { type DocumentLinkTexts, documentLinkWithView } from './documentLink/DocumentLinkWithView.ts'
import type { KnownDocuments } from './documentLink/KnownDocuments.ts'
import { FillEmpty } from './fill.ts'
import { FindInText } from './find/findPlugin.ts'
import { writeGuard } from './guard.ts'
import { imageWithView } from './image/imageWithView.ts'
import type { Pictures } from './image/Pictures.ts'
import type { PictureTexts } from './image/pictureTexts.ts'
import { BodyKeys } from './keys.ts'
import { OpenLinks } from './links.ts'
import { MarkdownPaste } from './markdownPaste.ts'
import { type MathTexts, mathWithView } from './math/mathWithView.ts'
import type { KnownPeople } from './mention/KnownPeople.ts'
import { mentionWithView } from './mention/MentionWithView.ts'
import { PasteHtml } from './paste/pasteHtml.ts'
import { type PlaceholderTexts, placeholder } from './placeholder.ts'
import { Rewrites } from './rewritten/Rewrites.ts'
import { Tolerance } from './tolerance.ts'
import { createUndoManager, restoreSelections } from './undo.ts'

export interface EditorTexts {
  title: { label: string; placeholder: PlaceholderTexts }
  picture: PictureTexts
  body: { label: string; placeholder: PlaceholderTexts }
  code: CodeBlockTexts
  callout: CalloutTexts
  details: DetailsTexts
  documentLink: DocumentLinkTexts
  math: MathTexts
  /** The name of a task's box, for screen readers. */
  task(text: string): string
}

export interface EditorsInput {
  doc: Y.Doc
  awareness: Awareness
  readOnly: boolean
  /** Pictures in the text, which the page has and sends; null: what the server has is shown. */
  pictures: Pictures | null
  /** Whether the server has all of one's own text. */
  saved(): boolean
  texts: EditorTexts
  elements: { title: HTMLElement; titleLayer: HTMLElement; body: HTMLElement; bodyLayer: HTMLElement }
  /** Who is mentioned in the text. */
  people: KnownPeople
  /** What the text links to. */
  documents: KnownDocuments
  /** What only an editor that writes has: the menus that open as one types. */
  writing: Extensions
}

export interface Editors {
  title: Editor
  body: Editor
  undoManager: Y.UndoManager
  /** Moves positions in the text when the text is written anew. */
  rewrites: Rewrites
  destroy(): void
}

/** Nodes of the shared schema that are drawn here in another way than in a plain page. */
const withViews = new Set([
  'codeBlock',
  'mention',
  'image',
  'callout',
  'details',
  'documentLink',
  'mathInline',
  'mathBlock',
])

/** The two editors of a document on one `Y.Doc` with one history. For reading, `doc` is a mirror (see mirror.ts). */
export function createEditors(input: EditorsInput): Editors {
  const { doc, awareness, readOnly, saved, texts, elements, people, pictures, documents } = input
  const undoManager = createUndoManager(doc)
  const rewrites = new Rewrites(doc, { undoManager, saved, readOnly })
  const neighbours: Neighbours = { title: null, body: null }
  const stopKeeping = keepMovedSelection(doc, () =>
    [neighbours.title, neighbours.body].flatMap((editor) => (editor ? [editor.view] : [])),
  )
  const collaboration = (field: string) =>
    Collaboration.configure({ document: doc, field, yUndoOptions: { undoManager } })
  const attributes = (label: string, multiline: boolean): Record<string, string> => ({
    role: 'textbox',
    'aria-label': label,
    'aria-multiline': String(multiline),
    'aria-readonly': String(readOnly),
  })

  const title = new Editor({
    element: elements.title,
    injectCSS: false,
    editable: !readOnly,
    enableInputRules: false,
    editorProps: { attributes: { ...attributes(texts.title.label, false), class: 'weft-title-text' } },
    extensions: [
      ...titleExtensions,
      CurrentSelection,
      collaboration(fields.title),
      writeGuard(readOnly),
      titleBorder(neighbours),
      placeholder(texts.title.placeholder),
      carets({ field: 'title', awareness, rewrites, layer: elements.titleLayer, publish: !readOnly }),
    ],
  })
  const body = new Editor({
    element: elements.body,
    injectCSS: false,
    editable: !readOnly,
    editorProps: { attributes: { ...attributes(texts.body.label, true), class: 'weft-prose' } },
    extensions: [
      ...editorExtensions.flatMap((extension) => {
        if (withViews.has(extension.name)) return []
        if (extension.name === 'table') return [extension.configure({ resizable: true, cellMinWidth: 64 })]
        if (extension.name !== 'taskItem') return [extension]
        return [
          extension.configure({ nested: true, a11y: { checkboxLabel: (node: Node) => texts.task(node.textContent) } }),
        ]
      }),
      CurrentSelection,
      Tolerance,
      FillEmpty,
      codeBlockWithView(texts.code).configure({ enableTabIndentation: true, tabSize: 2 }),
      mentionWithView(people),
      imageWithView(pictures, texts.picture),
      calloutWithView(texts.callout),
      detailsWithView(texts.details),
      documentLinkWithView(documents, texts.documentLink),
      ...mathWithView(texts.math),
      collaboration(fields.body),
      writeGuard(readOnly),
      bodyBorder(neighbours),
      BodyKeys,
      DetailsKeys,
      MarkdownPaste.configure({ parse: parseMarkdown }),
      PasteHtml,
      OpenLinks,
      FindInText,
      placeholder(texts.body.placeholder),
      carets({ field: 'body', awareness, rewrites, layer: elements.bodyLayer, publish: !readOnly }),
      ...(readOnly ? [] : input.writing),
    ],
  })
  neighbours.title = title
  neighbours.body = body
  rewrites.watch(doc.getXmlFragment(fields.title), title.view)
  rewrites.watch(doc.getXmlFragment(fields.body), body.view)
  restoreSelections(undoManager, [title, body])
  const stopView = publishView(body.view, awareness)

  return {
    title,
    body,
    undoManager,
    rewrites,
    destroy() {
      stopView()
      stopKeeping()
      rewrites.destroy()
      neighbours.title = null
      neighbours.body = null
      title.destroy()
      body.destroy()
      undoManager.destroy()
    },
  }
}
