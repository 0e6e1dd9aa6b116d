import type { Node } from '@tiptap/pm/model'
import { NodeSelection, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Image } from '@weft/shared/editor'
import { addPictures, pickPictures } from './insertPictures.ts'
import type { Pictures } from './Pictures.ts'
import { PictureView } from './PictureView.ts'
import type { PictureTexts } from './pictureTexts.ts'
import { sizeOf, stepped } from './resizing.ts'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    picture: {
      /** Asks for pictures, and puts them where the caret is. */
      choosePictures: () => ReturnType
      /** Makes the selected picture smaller or larger by a step. */
      resizePicture: (direction: -1 | 1) => ReturnType
    }
  }
}

function filesIn(doc: Node): Set<string> {
  const found = new Set<string>()
  doc.descendants((node) => {
    if (node.type.name === 'image' && typeof node.attrs.fileId === 'string') found.add(node.attrs.fileId)
  })
  return found
}

const isPasted = (tr: Transaction): boolean =>
  tr.docChanged && (tr.getMeta('paste') === true || ['paste', 'drop'].includes(tr.getMeta('uiEvent')))

/** What a program puts beside a picture that is copied: the same picture as a page, and no words. */
const isPictureAlone = (html: string): boolean =>
  html === '' || (!html.includes('data-pm-slice') && html.replace(/<[^>]*>/g, '').trim() === '')

/** The shared picture with its view, and with the ways by which pictures come into a text. */
export const imageWithView = (pictures: Pictures | null, texts: PictureTexts) =>
  Image.extend({
    addNodeView() {
      return ({ node, editor, getPos }) => new PictureView({ node, editor, getPos, pictures, texts })
    },
    addCommands() {
      return {
        choosePictures:
          () =>
          ({ editor, dispatch }) => {
            if (dispatch && pictures !== null) pickPictures((files) => void addPictures(editor, pictures, files))
            return pictures !== null
          },
        resizePicture:
          (direction) =>
          ({ state, tr, view, dispatch }) => {
            const { selection } = state
            if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'image') return false
            const { size, width } = selection.node.attrs
            const column = view.nodeDOM(selection.from)
            const wide = column instanceof HTMLElement ? column.clientWidth : 0
            if (dispatch) tr.setNodeAttribute(selection.from, 'size', stepped(sizeOf(size, width, wide), direction))
            return true
          },
      }
    },
    addKeyboardShortcuts() {
      return {
        'Mod-Alt-ArrowLeft': () => this.editor.commands.resizePicture(-1),
        'Mod-Alt-ArrowRight': () => this.editor.commands.resizePicture(1),
      }
    },
    addProseMirrorPlugins() {
      const { editor } = this
      if (pictures === null) return []
      return [
        new Plugin({
          key: new PluginKey('pictures'),
          appendTransaction(transactions, before, after) {
            if (transactions.some(isPasted)) {
              const known = filesIn(before.doc)
              for (const fileId of filesIn(after.doc)) if (!known.has(fileId)) pictures.attach(fileId)
            }
            return null
          },
          props: {
            handlePaste(_view, event) {
              const files = [...(event.clipboardData?.files ?? [])]
              if (files.length === 0 || !isPictureAlone(event.clipboardData?.getData('text/html') ?? '')) return false
              void addPictures(editor, pictures, files)
              return true
            },
            handleDrop(view, event, _slice, moved) {
              const files = [...(event.dataTransfer?.files ?? [])]
              if (moved || files.length === 0) return false
              event.preventDefault()
              const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
              void addPictures(editor, pictures, files, at?.pos)
              return true
            },
          },
        }),
      ]
    },
  })
