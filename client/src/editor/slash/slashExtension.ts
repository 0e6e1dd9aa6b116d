import { Extension } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type BlockChoice, matching } from './items.ts'
import type { SlashState } from './SlashState.ts'

/** Opens the menu on `/` at the start of a word, in text that is not code. */
export const slashExtension = (state: SlashState, nameOf: (choice: BlockChoice) => string): Extension =>
  Extension.create({
    name: 'slash',
    addProseMirrorPlugins() {
      const show = (props: SuggestionProps<BlockChoice, BlockChoice>, active: number): void =>
        state.show({
          items: props.items,
          active: Math.min(active, Math.max(0, props.items.length - 1)),
          at: props.clientRect?.() ?? null,
          choose: (choice) => props.command(choice),
        })
      let query = ''
      return [
        Suggestion<BlockChoice, BlockChoice>({
          pluginKey: new PluginKey('slash'),
          editor: this.editor,
          char: '/',
          decorationClass: 'weft-slash',
          items: ({ query }) => matching(query, nameOf),
          allow: ({ state: { doc }, range }) => doc.resolve(range.from).parent.type.spec.code !== true,
          // What others write never opens the menu, and never closes one that is open.
          shouldShow: ({ transaction, editor }) =>
            editor.isEditable && (transaction.getMeta(ySyncPluginKey) === undefined || state.current() !== null),
          command: ({ editor, range, props }) => {
            props.apply(editor.chain().focus().deleteRange(range)).run()
          },
          render: () => ({
            onStart: (props) => {
              query = props.query
              show(props, 0)
            },
            onUpdate: (props) => {
              if (props.loading) return
              show(props, props.query === query ? (state.current()?.active ?? 0) : 0)
              query = props.query
            },
            onExit: () => state.show(null),
            onKeyDown: ({ event }) => state.key(event),
          }),
        }),
      ]
    },
  })
