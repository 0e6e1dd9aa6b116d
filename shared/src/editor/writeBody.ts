import type { Node } from '@tiptap/pm/model'
import * as Y from 'yjs'

const chunk = 10_000

/** A block as y-tiptap writes it: marks are the text's attributes by name, attributes that are null are left out. */
export function yElementOf(node: Node): Y.XmlElement {
  const element = new Y.XmlElement(node.type.name)
  for (const [name, value] of Object.entries(node.attrs)) {
    if (value !== null) element.setAttribute(name, value as string)
  }
  const children: (Y.XmlElement | Y.XmlText)[] = []
  let run: Node[] = []
  const endRun = (): void => {
    if (run.length > 0) children.push(yTextOf(run))
    run = []
  }
  node.forEach((child) => {
    if (child.isText) run.push(child)
    else {
      endRun()
      children.push(yElementOf(child))
    }
  })
  endRun()
  // Yjs spreads what it is given over the stack.
  for (let at = 0; at < children.length; at += chunk) element.insert(at, children.slice(at, at + chunk))
  return element
}

function yTextOf(run: readonly Node[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(
    run.map((node) => ({
      insert: node.text,
      attributes: Object.fromEntries(node.marks.map((mark) => [mark.type.name, mark.attrs])),
    })),
  )
  return text
}
