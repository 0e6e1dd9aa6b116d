import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Mapping, StepMap } from '@tiptap/pm/transform'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { differenceOf } from '../difference.ts'
import { type FindOptions, type Hit, hitsWithin, mostHits, patternOf, textblocksBetween } from './matches.ts'

interface Finding {
  pattern: RegExp
  hits: DecorationSet
  /** The hit that one looks at: drawn apart. */
  active: Hit | null
  drawn: DecorationSet
}

interface Told {
  /** What to look for; null: nothing any more. */
  options?: FindOptions | null
  active?: Hit | null
}

const key = new PluginKey<Finding | null>('find')

const drawnHit = ({ from, to }: Hit): Decoration => Decoration.inline(from, to, { class: 'weft-hit' })

function draw(pattern: RegExp, hits: DecorationSet, active: Hit | null, doc: Node): Finding {
  const drawn = active ? hits.add(doc, [Decoration.inline(active.from, active.to, { class: 'weft-hit-active' })]) : hits
  return { pattern, hits, active, drawn }
}

function search(doc: Node, options: FindOptions): Finding | null {
  const pattern = patternOf(options)
  if (pattern === null) return null
  const hits = hitsWithin(textblocksBetween(doc, 0, doc.content.size), pattern)
  return draw(pattern, DecorationSet.create(doc, hits.map(drawnHit)), null, doc)
}

/** Moves hits along with a change, and looks again only in the blocks that it has touched. */
function followed({ pattern, hits, active }: Finding, { before, doc }: Transaction): Finding {
  const difference = differenceOf(before, doc)
  if (difference === null) return draw(pattern, hits, active, doc)
  const { from, before: end, now } = difference
  const mapping = new Mapping([new StepMap([from, end - from, now - from])])
  const blocks = textblocksBetween(doc, from, now)
  let moved = hits.map(mapping, doc)
  moved = moved.remove(blocks.flatMap(({ block, at }) => moved.find(at, at + block.nodeSize)))
  const fresh = hitsWithin(blocks, pattern)
  moved = moved.add(doc, fresh.map(drawnHit))
  const place = active && { from: mapping.map(active.from, 1), to: mapping.map(active.to, -1) }
  const still = place && moved.find(place.from, place.to).some((hit) => hit.from === place.from && hit.to === place.to)
  return draw(pattern, moved, still ? place : null, doc)
}

/** Draws what is looked for. Costs nothing until somebody looks for something (see FindBar). */
export const FindInText = Extension.create({
  name: 'findInText',
  addProseMirrorPlugins: () => [
    new Plugin<Finding | null>({
      key,
      state: {
        init: () => null,
        apply(transaction, before) {
          const told = transaction.getMeta(key) as Told | undefined
          let next = before
          if (told?.options !== undefined) next = told.options && search(transaction.doc, told.options)
          else if (next !== null && transaction.docChanged) next = followed(next, transaction)
          if (next !== null && told?.active !== undefined)
            next = draw(next.pattern, next.hits, told.active, transaction.doc)
          return next
        },
      },
      props: { decorations: (state) => key.getState(state)?.drawn },
    }),
  ],
})

const lists = new WeakMap<DecorationSet, readonly Hit[]>()

/** The hits in the order of the text. */
export function hitsOf(state: EditorState): readonly Hit[] {
  const hits = key.getState(state)?.hits
  if (hits === undefined) return []
  const known = lists.get(hits)
  if (known !== undefined) return known
  const list = hits
    .find()
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => a.from - b.from)
    .slice(0, mostHits)
  lists.set(hits, list)
  return list
}

export const activeHit = (state: EditorState): Hit | null => key.getState(state)?.active ?? null

export const tell = (transaction: Transaction, told: Told): Transaction =>
  transaction.setMeta(key, told).setMeta('addToHistory', false)
