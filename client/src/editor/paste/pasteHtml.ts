import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { mendPasted } from './mendPasted.ts'

/** Keeps the structure of what is pasted from Word and Google Docs. */
export const PasteHtml = Extension.create({
  name: 'pasteHtml',
  addProseMirrorPlugins: () => [
    new Plugin({ key: new PluginKey('pasteHtml'), props: { transformPastedHTML: mendPasted } }),
  ],
})
