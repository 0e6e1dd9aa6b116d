import { type Extension, InputRule } from '@tiptap/core'
import type { SuggestionMatch, Trigger } from '@tiptap/suggestion'
import type { Emoji, EmojiIndex } from '../../kit/emoji/EmojiIndex.ts'
import { ChoiceState } from '../choices/ChoiceState.ts'
import { choiceExtension } from '../choices/choiceExtension.ts'

/** A colon with two letters behind it, at a word's start: `:)` and `10:30` are what they are. */
const begun = /(?<![\p{L}\p{N}:/])(:([\p{L}][\p{L}\p{N}_+-]{1,30}))$/u

export function matchEmoji({ $position }: Pick<Trigger, '$position'>): SuggestionMatch {
  const { parent, parentOffset, pos } = $position
  if (!parent.isTextblock) return null
  const before = parent.textBetween(Math.max(0, parentOffset - 40), parentOffset, undefined, '\ufffc')
  const [, text, query] = begun.exec(before) ?? []
  return text === undefined || query === undefined ? null : { range: { from: pos - text.length, to: pos }, query, text }
}

export interface EmojiSource {
  state: ChoiceState<Emoji>
  /** What is called just so; null as long as the names are not loaded, too. */
  named(code: string): Emoji | null
}

/** The names are loaded with the first emoji that one begins; without them the text stays what it is. */
export function emojiSource(load: () => Promise<EmojiIndex>): EmojiSource {
  let index: EmojiIndex | null = null
  let asked = false
  const state: ChoiceState<Emoji> = new ChoiceState({
    find(query) {
      if (!asked) {
        asked = true
        load().then(
          (loaded) => {
            index = loaded
            state.refresh()
          },
          () => {
            asked = false
          },
        )
      }
      return index?.find(query) ?? []
    },
    idOf: ({ unicode }) => unicode,
  })
  return { state, named: (code) => index?.named(code) ?? null }
}

/** Opens the menu of emoji on `:`, and puts one in the place of its name between two colons. */
export const emojiExtension = ({ state, named }: EmojiSource): Extension =>
  choiceExtension({
    name: 'emoji',
    char: ':',
    state,
    match: { findSuggestionMatch: matchEmoji },
    choose: ({ view, state: { tr } }, { from, to }, { unicode }) => {
      view.dispatch(tr.insertText(unicode, from, to).scrollIntoView())
      view.focus()
    },
  }).extend({
    addInputRules: () => [
      new InputRule({
        find: /(?<![\p{L}\p{N}:/]):([a-z0-9_+-]{2,40}):$/u,
        handler: ({ state: { tr }, range, match }) => {
          const emoji = named(match[1] ?? '')
          if (emoji === null) return null
          tr.insertText(emoji.unicode, range.from, range.to)
          return undefined
        },
      }),
    ],
  })
