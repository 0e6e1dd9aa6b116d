import * as Y from 'yjs'

/** A place where `mine` differs from `base`: blocks [from, to) became `blocks`. */
interface Hunk {
  from: number
  to: number
  mine: [number, number]
}

/** Prefix and suffix that both have; what lies between is the one hunk. */
function difference(base: readonly string[], mine: readonly string[]): Hunk | null {
  let start = 0
  while (start < base.length && start < mine.length && base[start] === mine[start]) start++
  let end = 0
  while (
    end < base.length - start &&
    end < mine.length - start &&
    base[base.length - 1 - end] === mine[mine.length - 1 - end]
  )
    end++
  if (start === base.length && start === mine.length) return null
  return { from: start, to: base.length - end, mine: [start, mine.length - end] }
}

/** Where the hunk's place in `base` stands in `theirs`, if nobody else touched it; null otherwise. */
function placeIn(theirs: readonly string[], base: readonly string[], hunk: Hunk): number | null {
  const others = difference(base, theirs)
  if (others === null || hunk.to < others.from) return hunk.from
  if (hunk.from > others.to) return hunk.from + theirs.length - base.length
  return null
}

const blocksOf = (fragment: Y.XmlFragment): string[] => fragment.toArray().map((block) => block.toString())
type Block = Y.XmlElement | Y.XmlText

/**
 * Writes what `mine` changed against `base` into `theirs`, as new text under the client id of `theirs` [IDENT-2].
 * False, with `theirs` untouched, where others changed the same place meanwhile: then a person has to decide.
 */
export function carryOver(base: Y.Doc, mine: Y.Doc, theirs: Y.Doc): boolean {
  const writes: (() => void)[] = []
  for (const field of ['title', 'body']) {
    const [from, to] = [mine.getXmlFragment(field), theirs.getXmlFragment(field)]
    const before = blocksOf(base.getXmlFragment(field))
    const hunk = difference(before, blocksOf(from))
    if (hunk === null) continue
    const at = placeIn(blocksOf(to), before, hunk)
    if (at === null) return false
    const blocks = from.slice(...hunk.mine).filter((block): block is Block => !(block instanceof Y.XmlHook))
    writes.push(() => {
      to.delete(at, hunk.to - hunk.from)
      to.insert(
        at,
        blocks.map((block) => block.clone() as Block),
      )
    })
  }
  const [before, after] = [base.getText('text').toString(), mine.getText('text').toString()]
  const hunk = difference([...before.split('')], [...after.split('')])
  if (hunk !== null) {
    const text = theirs.getText('text')
    const at = placeIn(text.toString().split(''), before.split(''), hunk)
    if (at === null) return false
    writes.push(() => {
      text.delete(at, hunk.to - hunk.from)
      text.insert(at, after.slice(...hunk.mine))
    })
  }
  theirs.transact(() => {
    for (const write of writes) write()
  }, carryOver)
  return true
}
