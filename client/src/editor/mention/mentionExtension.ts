import type { Editor, Extension, Range } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { randomId } from '@weft/shared/kit'
import type { Awareness } from 'y-protocols/awareness'
import { ChoiceState } from '../choices/ChoiceState.ts'
import { choiceExtension } from '../choices/choiceExtension.ts'
import type { KnownPeople } from './KnownPeople.ts'
import { isNamed, type Mentionable } from './mentionable.ts'
import { matchName } from './query.ts'

/** Nobody reads further: who is not among so many is found by writing more of the name. */
const mostShown = 50

export const mentionState = (people: KnownPeople, awareness: Awareness): ChoiceState<Mentionable> =>
  new ChoiceState({
    find: (query) =>
      people
        .mentionable(awareness)
        .filter(({ person }) => isNamed(person.name, query))
        .slice(0, mostShown),
    idOf: ({ person }) => person.id,
  })

/** Puts a new mention, and a space behind it, in the place of what was written; for the history a step of its own. */
export function insertMention({ state, view, schema }: Editor, { from, to }: Range, { person }: Mentionable): void {
  const node = schema.nodes.mention?.create({ userId: person.id, name: person.name, mentionId: randomId() })
  if (node === undefined) return
  const history = (yUndoPluginKey.getState(state) as { undoManager?: { stopCapturing(): void } } | undefined)
    ?.undoManager
  const marks = state.doc.resolve(to).marks()
  const spaced = /^\s/u.test(state.doc.resolve(to).nodeAfter?.text ?? '')
  const tr = state.tr.replaceWith(from, to, spaced ? [node] : [node, schema.text(' ', marks)])
  history?.stopCapturing()
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 2)).scrollIntoView())
  history?.stopCapturing()
  view.focus()
}

/** Opens the menu of people on `@` at the start of a word. */
export const mentionExtension = (state: ChoiceState<Mentionable>): Extension =>
  choiceExtension({
    name: 'mentioning',
    char: '@',
    state,
    match: { findSuggestionMatch: matchName((query) => state.source.find(query).length > 0), allowSpaces: true },
    choose: insertMention,
  })
