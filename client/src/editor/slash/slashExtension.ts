import type { Extension } from '@tiptap/core'
import { ChoiceState } from '../choices/ChoiceState.ts'
import { choiceExtension } from '../choices/choiceExtension.ts'
import { type BlockChoice, matching } from './items.ts'

export const slashState = (nameOf: (choice: BlockChoice) => string): ChoiceState<BlockChoice> =>
  new ChoiceState({ find: (query) => matching(query, nameOf), idOf: ({ id }) => id })

/** Opens the menu of blocks on `/` at the start of a word. */
export const slashExtension = (state: ChoiceState<BlockChoice>): Extension =>
  choiceExtension({
    name: 'slash',
    char: '/',
    state,
    choose: (editor, range, choice) => {
      choice.apply(editor.chain().focus().deleteRange(range)).run()
    },
  })
