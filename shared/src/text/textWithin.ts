import * as Y from 'yjs'

/** More nodes than this are not walked: a document of 200,000 words has some 10,000. */
const visitLimit = 1_000_000

interface Spoken {
  attribute: string
  sign?: string
}

/** Leaves that say something: who, which document, which formula. */
const spoken: Readonly<Record<string, Spoken>> = {
  mention: { attribute: 'name', sign: '@' },
  documentLink: { attribute: 'title' },
  mathInline: { attribute: 'latex' },
  mathBlock: { attribute: 'latex' },
}

/** All text below a Yjs node, blocks separated by line ends; walks without recursion, so depth cannot overflow. */
export function textWithin(root: Y.XmlElement | Y.XmlFragment, limit = Number.POSITIVE_INFINITY): string {
  const pieces: string[] = []
  const stack: unknown[] = [root]
  let length = 0
  for (let visits = 0; stack.length > 0 && visits < visitLimit && length < limit; visits++) {
    const item = stack.pop()
    if (typeof item === 'string') pieces.push(item)
    else if (item instanceof Y.Text) {
      for (const part of item.toDelta() as { insert?: unknown }[]) {
        if (typeof part.insert !== 'string') continue
        pieces.push(part.insert)
        length += part.insert.length
      }
    } else if (item instanceof Y.XmlElement && Object.hasOwn(spoken, item.nodeName)) {
      const { attribute, sign = '' } = spoken[item.nodeName] as Spoken
      const text: unknown = item.getAttribute(attribute)
      if (typeof text === 'string') pieces.push(sign + text)
      if (item.nodeName === 'mathBlock') pieces.push('\n')
    } else if (item instanceof Y.XmlElement || item instanceof Y.XmlFragment) {
      if (item instanceof Y.XmlElement) stack.push('\n')
      const children = item.toArray() as unknown[]
      for (let i = children.length - 1; i >= 0; i--) stack.push(children[i])
    }
  }
  return pieces
    .join('')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
