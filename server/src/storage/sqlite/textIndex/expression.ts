import type { WorkspaceId } from '@weft/shared/kit'
import type { TextTerm } from '../../textIndex.ts'
import { spaced } from './spacing.ts'

/** A string of FTS5's query language: in one, nothing but the quote has a meaning. */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** The last word of a term, as the tokenizer will see it. */
const lastWord = (text: string): string => /[\p{L}\p{N}]+(?=[^\p{L}\p{N}]*$)/u.exec(text)?.[0] ?? ''

function termExpression({ text, open }: TextTerm): string {
  const term = spaced(text)
  const whole = quoted(term)
  if (!open) return whole
  // Beside the beginning, so that the whole word counts twice. One letter begins too many words of a body.
  return [...lastWord(term)].length < 2 ? `(${whole} OR title : ${whole} *)` : `(${whole} OR ${whole} *)`
}

/** FTS5's query for all of the terms in one part of a document, or in its title alone. */
export function matchExpression(
  workspaceId: WorkspaceId,
  terms: readonly TextTerm[],
  columns: 'title' | '{title body}',
): string {
  const all = terms.map(termExpression).join(' AND ')
  return `workspace_id : ${quoted(workspaceId)} AND ${columns} : (${all})`
}
