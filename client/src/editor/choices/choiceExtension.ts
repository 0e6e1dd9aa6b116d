import { type Editor, Extension, type Range } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion, type SuggestionOptions } from '@tiptap/suggestion'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { ChoiceState } from './ChoiceState.ts'

export interface ChoiceTrigger<C> {
  name: string
  /** Opens the menu. */
  char: string
  state: ChoiceState<C>
  /** Puts the choice in the place of what was written. */
  choose(editor: Editor, range: Range, choice: C): void
  /** Which text before the caret is a query, where that is not one word behind the sign at a word's start. */
  match?: Pick<SuggestionOptions<C, C>, 'findSuggestionMatch' | 'allowSpaces'>
}

/** Opens a menu while one types behind a sign, in text that is not code. */
export const choiceExtension = <C>({ name, char, state, choose, match }: ChoiceTrigger<C>): Extension =>
  Extension.create({
    name,
    addProseMirrorPlugins() {
      return [
        Suggestion<C, C>({
          ...match,
          pluginKey: new PluginKey(name),
          editor: this.editor,
          char,
          decorationClass: `weft-${name}`,
          allow({ state: { doc }, range }) {
            const at = doc.resolve(range.from)
            const inCode = doc.nodeAt(range.from)?.marks.some(({ type }) => type.name === 'code') === true
            return at.parent.type.spec.code !== true && !inCode
          },
          // Only typing opens the menu: not what others write, a paste, or the caret coming by. None of it closes one.
          shouldShow: ({ transaction, editor }) =>
            editor.isEditable &&
            (state.current() !== null ||
              (transaction.docChanged &&
                transaction.getMeta(ySyncPluginKey) === undefined &&
                transaction.getMeta('paste') !== true)),
          command: ({ editor, range, props }) => choose(editor, range, props),
          render: () => ({
            onStart: (props) => state.show(props.query, props.clientRect?.() ?? null, props.command),
            onUpdate: (props) => {
              // Told twice of each change: at once, and when choices that come later would be there.
              if (props.loading) state.show(props.query, props.clientRect?.() ?? null, props.command)
            },
            onExit: () => state.close(),
            onKeyDown: ({ event }) => state.key(event),
          }),
        }),
      ]
    },
  })
