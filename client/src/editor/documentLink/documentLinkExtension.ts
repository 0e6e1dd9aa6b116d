import type { Editor, Extension, Range } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import type { SuggestionMatch, Trigger } from '@tiptap/suggestion'
import type { Document } from '@weft/shared/documents'
import { ChoiceState } from '../choices/ChoiceState.ts'
import { choiceExtension } from '../choices/choiceExtension.ts'
import type { KnownDocuments } from './KnownDocuments.ts'

/** In characters. */
const longest = 60

const bracketed = /\[\[([^[\]\ufffc\n]*)$/

/** What stands behind `[[` before the caret; titles hold spaces. */
export function matchTitle({ $position }: Pick<Trigger, '$position'>): SuggestionMatch {
  const { parent, parentOffset, pos } = $position
  if (!parent.isTextblock) return null
  const before = parent.textBetween(Math.max(0, parentOffset - longest - 2), parentOffset, undefined, '\ufffc')
  const query = bracketed.exec(before)?.[1]
  return query === undefined ? null : { range: { from: pos - query.length - 2, to: pos }, query, text: `[[${query}` }
}

export const documentLinkState = (known: KnownDocuments): ChoiceState<Document> =>
  new ChoiceState({ find: (query) => known.find(query), idOf: ({ id }) => id })

/** Puts a link, and a space behind it, in the place of what was written. */
function insertLink({ state, view, schema }: Editor, { from, to }: Range, { id, workspaceId, title }: Document): void {
  const node = schema.nodes.documentLink?.create({ documentId: id, workspaceId, title })
  if (node === undefined) return
  const spaced = /^\s/u.test(state.doc.resolve(to).nodeAfter?.text ?? '')
  const tr = state.tr.replaceWith(from, to, spaced ? [node] : [node, schema.text(' ', state.doc.resolve(to).marks())])
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 2)).scrollIntoView())
  view.focus()
}

/** Opens the menu of documents on `[[`. */
export const documentLinkExtension = (state: ChoiceState<Document>): Extension =>
  choiceExtension({
    name: 'linking',
    char: '[[',
    state,
    match: { findSuggestionMatch: matchTitle, allowSpaces: true },
    choose: insertLink,
  })
