import * as Y from 'yjs'

type ParsedParent = Y.AbstractType<unknown> | Y.ID | string | null

/** Whether a JSON-like value has at most `levels` of objects and arrays inside each other. */
export function nestsWithin(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return true
  if (levels === 0) return false
  return Object.values(value).every((inner) => nestsWithin(inner, levels - 1))
}

/** Whether what an item carries can be walked: no subdocument [LIMIT-1], no values nested without end. */
export function contentIsSound(content: Y.Item['content'], levels: number): boolean {
  if (content instanceof Y.ContentDoc) return false
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return nestsWithin(content.arr, levels)
  if (content instanceof Y.ContentEmbed) return nestsWithin(content.embed, levels)
  if (content instanceof Y.ContentFormat) return nestsWithin(content.value, levels)
  return true
}

/**
 * Whether no type of an update lies deeper than `limit` in the document that it would be applied to. A 243 KB update
 * can hold 20,000 maps inside each other, and whoever walks them then overflows the stack. Follows parents and, where
 * an item has none written down, its neighbours; each item once.
 */
export function depthIsSound(document: Y.Doc, items: readonly Y.Item[], limit: number): boolean {
  const types = items.filter((item) => item.content instanceof Y.ContentType)
  if (types.length === 0) return true
  const byClient = Map.groupBy(items, (item) => item.id.client)
  const depths = new Map<Y.Item, number>()

  const find = (id: Y.ID): Y.Item | null => {
    const list = byClient.get(id.client)
    const found = list === undefined ? null : itemAt(list, id.clock)
    if (found !== null) return found
    if (id.clock >= Y.getState(document.store, id.client)) return null
    const stored = Y.getItem(document.store, id)
    return stored instanceof Y.Item ? stored : null
  }

  const depthOf = (start: Y.Item): number => {
    const path: { item: Y.Item; adds: number }[] = []
    const seen = new Set<Y.Item>()
    let item: Y.Item | null = start
    let depth = 0
    while (item !== null) {
      const known = depths.get(item)
      if (known !== undefined) {
        depth = known
        break
      }
      if (seen.has(item)) return Number.POSITIVE_INFINITY
      seen.add(item)
      const parent = item.parent as ParsedParent
      if (parent instanceof Y.AbstractType) {
        path.push({ item, adds: 1 })
        item = parent._item
      } else if (parent instanceof Y.ID) {
        path.push({ item, adds: 1 })
        item = find(parent)
      } else if (typeof parent === 'string') {
        path.push({ item, adds: 1 })
        item = null
      } else {
        path.push({ item, adds: 0 })
        const beside: Y.ID | null = item.origin ?? item.rightOrigin
        item = beside === null ? null : find(beside)
      }
    }
    for (const step of path.reverse()) {
      depth += step.adds
      depths.set(step.item, depth)
    }
    return depth
  }
  return types.every((item) => depthOf(item) <= limit)
}

function itemAt(sorted: readonly Y.Item[], clock: number): Y.Item | null {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const item = sorted[middle]
    if (item === undefined) return null
    if (clock < item.id.clock) high = middle - 1
    else if (clock >= item.id.clock + item.length) low = middle + 1
    else return item
  }
  return null
}
