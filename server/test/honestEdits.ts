import * as Y from 'yjs'

const marks = [{ bold: {} }, { bold: null }, { link: { href: 'https://example.org' } }, { link: null }]
const words = ['a', 'word ', 'two words ', '😀', 'é\u0301', '日本']

/** One transaction of some changes, of every sort of content that Yjs has but subdocuments; or an undo or redo. */
export function randomHonestEdit(doc: Y.Doc, undo: Y.UndoManager, next: () => number): void {
  const kind = next()
  if (kind < 0.08) undo.undo()
  else if (kind < 0.12) undo.redo()
  else {
    doc.transact(() => {
      for (let changes = 1 + Math.floor(next() * 4); changes > 0; changes--) change(doc, next)
    })
  }
}

function change(doc: Y.Doc, next: () => number): void {
  const below = (count: number): number => Math.floor(next() * count)
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T
  const kind = next()
  if (kind < 0.4) changeText(doc.getText('text'), below, pick)
  else if (kind < 0.75) changeNodes(doc.getXmlFragment('body'), below, pick)
  else if (kind < 0.9) changeMap(doc.getMap('map'), below, pick)
  else {
    const list = doc.getArray('list')
    if (list.length > 2 && next() < 0.5) list.delete(below(list.length - 1), 2)
    else list.insert(below(list.length + 1), [next(), null, 'x', new Uint8Array([1, 2]), { deep: [1] }])
  }
}

type Below = (count: number) => number
type Pick = <T>(items: readonly T[]) => T

function changeText(text: Y.Text, below: Below, pick: Pick): void {
  const at = below(text.length + 1)
  const length = Math.min(text.length - at, 1 + below(8))
  const kind = below(10)
  if (kind < 5 || length === 0) text.insert(at, pick(words))
  else if (kind < 7) text.delete(at, length)
  else if (kind < 9) text.format(at, length, pick(marks))
  else text.insertEmbed(at, { image: 'x' })
}

function changeNodes(parent: Y.XmlFragment, below: Below, pick: Pick): void {
  const at = below(parent.length + 1)
  const child = at < parent.length ? parent.get(at) : null
  const kind = below(10)
  if (kind < 3 || child === null) {
    const node = new Y.XmlElement(pick(['paragraph', 'list', 'quote']))
    node.insert(0, [new Y.XmlText(pick(words)), new Y.XmlElement('inner')])
    parent.insert(at, [node])
  } else if (kind < 5) parent.delete(at, Math.min(parent.length - at, 1 + below(3)))
  else if (child instanceof Y.XmlText) changeText(child, below, pick)
  else if (child instanceof Y.XmlElement && kind < 6) child.setAttribute('level', pick(words))
  else if (child instanceof Y.XmlElement) changeNodes(child, below, pick)
}

function changeMap(map: Y.Map<unknown>, below: Below, pick: Pick): void {
  const key = pick(['a', 'b', 'c'])
  const inner = map.get(key)
  const kind = below(10)
  if (inner instanceof Y.Map && kind < 5) changeMap(inner, below, pick)
  else if (kind < 7) map.set(key, pick([1, 'x', null, { deep: [1, { two: 2 }] }]))
  else if (kind < 9) map.set(key, new Y.Map())
  else map.delete(key)
}
