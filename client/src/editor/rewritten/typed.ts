import type { Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { isInlineLeaf } from './inlineLeaves.ts'
import { blockOf, isInline, type Token, tokensOf } from './tokens.ts'

/** Clocks of one's own, from the first up to the one behind the last. */
export interface Clocks {
  from: number
  to: number
}

/** What one transaction of one's own has written that was not in the text. */
export interface Typed {
  /** Rising. */
  fresh: Clocks[]
  /** What stood behind a leaf that was put into a text: y-tiptap deletes it there and writes it again behind the leaf. */
  again: Clocks[]
  /** What a leaf has taken the place of, by the leaf's clock: a name that was begun. */
  replaced: ReadonlyMap<number, readonly Token[]>
}

/** A field and the schema by which it is read. */
export interface Read {
  field: Y.XmlFragment
  schema: Schema
}

const nothing: Typed = { fresh: [], again: [], replaced: new Map() }

/**
 * `characters`: only these were written and deleted. `leaves`: things in a line of text too. Null: blocks were written
 * anew, which hold no text that is new.
 */
function kindOf(transaction: Y.Transaction, schemas: readonly Schema[]): 'characters' | 'leaves' | null {
  const isNew = ({ id }: Y.Item): boolean => id.clock >= (transaction.beforeState.get(id.client) ?? 0)
  let kind: 'characters' | 'leaves' = 'characters'
  for (const changed of transaction.changed.keys()) {
    if (changed instanceof Y.XmlText) continue
    for (let item = changed._start; item !== null; item = item.right) {
      if (!isNew(item) && !(item.deleted && Y.isDeleted(transaction.deleteSet, item.id))) continue
      const type: unknown = item.content instanceof Y.ContentType ? item.content.type : null
      if (type instanceof Y.XmlText) continue
      if (!schemas.some((schema) => isInlineLeaf(type, schema))) return null
      kind = 'leaves'
    }
  }
  return kind
}

/** Reads a transaction of one's own before it is cleaned up. `clientId`: one's own. */
export function typedIn(transaction: Y.Transaction, clientId: number, fields: readonly Read[]): Typed {
  const from = transaction.beforeState.get(clientId) ?? 0
  const to = transaction.afterState.get(clientId) ?? 0
  if (from >= to) return nothing
  const kind = kindOf(
    transaction,
    fields.map(({ schema }) => schema),
  )
  if (kind === null) return nothing
  if (kind === 'characters') return { ...nothing, fresh: [{ from, to }] }
  const parts = fields.flatMap(({ field, schema }) => {
    const { all } = tokensOf(field, transaction, schema)
    return [...Map.groupBy(all.filter(isInline), blockOf).values()].map(typedInBlock)
  })
  const join = (which: 'fresh' | 'again'): Clocks[] => inRuns(parts.flatMap((part) => part[which]))
  return { fresh: join('fresh'), again: join('again'), replaced: new Map(parts.flatMap(({ replaced }) => replaced)) }
}

/** Of what came, that which lies between the beginning and the end that the line has in common with what it was. */
function typedInBlock(tokens: readonly Token[]) {
  const before = tokens.filter(({ fate }) => fate !== 'added')
  const after = tokens.filter(({ fate }) => fate !== 'gone')
  const most = Math.min(before.length, after.length)
  let left = 0
  while (left < most && before[left]?.char === after[left]?.char) left++
  let right = 0
  while (right < most - left && before.at(-1 - right)?.char === after.at(-1 - right)?.char) right++
  const end = after.length - right
  const came = after
    .map((token, i) => ({ token, fresh: i >= left && i < end }))
    .filter(({ token }) => token.fate === 'added')
  const of = (isFresh: boolean): Token[] => came.flatMap(({ token, fresh }) => (fresh === isFresh ? [token] : []))
  const gone = before.slice(left, before.length - right).filter(({ fate }) => fate === 'gone')
  const leaf = of(true).find(({ kind }) => kind === 'inlineLeaf')
  return {
    fresh: of(true),
    again: of(false),
    replaced: leaf && gone.length > 0 ? [[leaf.id.clock, gone] as const] : [],
  }
}

function inRuns(tokens: readonly Token[]): Clocks[] {
  const clocks = tokens.map(({ id }) => id.clock).sort((a, b) => a - b)
  const runs: Clocks[] = []
  for (const clock of clocks) {
    const last = runs.at(-1)
    if (last?.to === clock) last.to++
    else runs.push({ from: clock, to: clock + 1 })
  }
  return runs
}
