import { applyMarkdown, toMarkdown } from '@weft/shared/editor'
import { seedUpdate, setTitle } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Editors } from './editors.ts'
import { mirrorOf } from './mirror.ts'
import { openEditors } from './testing/open.ts'
import { isKnown } from './unknown.ts'

const open: Editors[] = []

afterEach(() => {
  for (const editors of open.splice(0)) editors.destroy()
})

function seeded(markdown: string, title = 'Plan'): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  applyMarkdown(doc, markdown, { title })
  return doc
}

function edit(doc: Y.Doc, readOnly = false): Editors {
  const editors = openEditors(doc, readOnly)
  for (const { view } of [editors.title, editors.body]) document.body.append(view.dom)
  open.push(editors)
  return editors
}

/** Every change that a document makes itself, and not one that it was given. */
function countWrites(doc: Y.Doc): () => number {
  let writes = 0
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') writes++
  })
  return () => writes
}

function inSync(markdown: string): [Y.Doc, Y.Doc] {
  const alice = seeded(markdown)
  const bob = new Y.Doc()
  Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice), 'remote')
  alice.on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'remote' && Y.applyUpdate(bob, update, 'remote'),
  )
  bob.on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'remote' && Y.applyUpdate(alice, update, 'remote'),
  )
  return [alice, bob]
}

const everything =
  'a **b** [c](https://d.e)\n\n- [ ] t\n\n> q\n\n```js\nx\n```\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n## A heading at the end\n'

test('[SAVE-8] a document that is only opened is not changed', () => {
  for (const markdown of ['', everything]) {
    const doc = seeded(markdown)
    const writes = countWrites(doc)
    edit(doc)
    expect(writes()).toBe(0)
  }
})

test('[SAVE-8] a reader writes nothing, neither by commands nor because of what others write', () => {
  const [alice, bob] = inSync(everything)
  const { mirror, destroy } = mirrorOf(bob)
  const writes = [countWrites(bob), countWrites(mirror)]
  const reader = edit(mirror, true)
  const author = edit(alice)
  writes[1] = countWrites(mirror)
  reader.body.commands.insertContent('nope')
  author.body.commands.insertContentAt(1, 'see https://example.org now ')
  expect(reader.body.state.doc.textContent).toContain('see https://example.org now')
  expect(toMarkdown(bob)).toEqual(toMarkdown(alice))
  expect(toMarkdown(bob).markdown).not.toContain('nope')
  expect(writes[0]?.()).toBe(0)
  destroy()
})

test('[SAVE-8] what does not fit the schema is not deleted by a reader', () => {
  const doc = seeded('text')
  doc.getXmlFragment('body').insert(1, [new Y.XmlElement('bulletList'), new Y.XmlElement('hologram')])
  const { mirror, destroy } = mirrorOf(doc)
  const writes = countWrites(doc)
  edit(mirror, true)
  expect(writes()).toBe(0)
  expect(doc.getXmlFragment('body').length).toBe(3)
  destroy()
})

const element = (name: string, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement => {
  const made = new Y.XmlElement(name)
  made.insert(0, children)
  return made
}
const words = (text: string): Y.XmlElement => element('paragraph', new Y.XmlText(text))

/** What concurrent deletions leave, and no single editor makes. */
const arrangements: Record<string, () => Y.XmlElement> = {
  'an empty list': () => element('bulletList'),
  'an empty task list': () => element('taskList'),
  'an empty item': () => element('bulletList', element('listItem'), element('listItem', words('kept'))),
  'an item that begins with a list': () =>
    element('bulletList', element('listItem', element('bulletList', element('listItem', words('kept'))))),
  'a task that begins with a quote': () =>
    element('taskList', element('taskItem', element('blockquote', words('kept')))),
  'an empty quote': () => element('blockquote'),
  'a table without rows': () => element('table'),
  'a row without cells': () =>
    element('table', element('tableRow'), element('tableRow', element('tableCell', words('kept')))),
  'an empty cell': () =>
    element('table', element('tableRow', element('tableCell'), element('tableCell', words('kept')))),
}

for (const [name, make] of Object.entries(arrangements)) {
  test(`[SAVE-8] ${name} is opened, received and written beside without being deleted`, () => {
    const [alice, bob] = inSync('text')
    const writes = countWrites(bob)
    const received = edit(bob)
    alice.getXmlFragment('body').insert(1, [make()])
    expect(isKnown(bob)).toBe(true)
    expect(writes()).toBe(0)
    const opened = edit(alice)
    const wanted = alice.getXmlFragment('body').toJSON()
    expect(bob.getXmlFragment('body').toJSON()).toBe(wanted)
    for (const { body } of [opened, received]) {
      expect(body.state.doc.childCount).toBe(2)
      expect(body.state.doc.textContent).toMatch(/^text(kept)?$/)
    }
    received.body.commands.insertContentAt(1, 'more ')
    expect(alice.getXmlFragment('body').length).toBe(2)
    expect(toMarkdown(alice).markdown).toMatch(/^more text/)
    expect(opened.body.state.doc.textContent).toMatch(/^more text(kept)?$/)
  })
}

test('[SAVE-8] two people who empty a list do not take a third one\u2019s new item with them', () => {
  const start = seeded('- one\n- two')
  const [alice, bob, carol] = [1, 2, 3].map(() => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(start), 'remote')
    return doc
  }) as [Y.Doc, Y.Doc, Y.Doc]
  const list = (doc: Y.Doc): Y.XmlElement => doc.getXmlFragment('body').get(0) as Y.XmlElement
  edit(carol)
  list(alice).delete(0, 1)
  list(bob).delete(1, 1)
  const before = Y.encodeStateAsUpdate(carol)
  Y.applyUpdate(carol, Y.encodeStateAsUpdate(alice), 'remote')
  Y.applyUpdate(carol, Y.encodeStateAsUpdate(bob), 'remote')
  const dan = new Y.Doc()
  Y.applyUpdate(dan, before, 'remote')
  list(dan).insert(1, [element('listItem', words('three'))])
  Y.applyUpdate(dan, Y.encodeStateAsUpdate(carol), 'remote')
  expect(toMarkdown(dan).markdown).toContain('three')
})

test('a list is not begun as the first block of an item by typing its sign there', () => {
  const doc = seeded('- one')
  const { body } = edit(doc)
  body.commands.setTextSelection(3)
  for (const key of ['-', ' ']) {
    const { from, to } = body.state.selection
    const typed = body.view.someProp('handleTextInput', (handle) =>
      handle(body.view, from, to, key, () => body.state.tr.insertText(key, from, to)),
    )
    if (typed !== true) body.view.dispatch(body.state.tr.insertText(key, from, to))
  }
  expect(toMarkdown(doc).markdown).toBe('- \\- one\n')
})

test('what concurrent deletions have left empty is filled by the next edit of a person', () => {
  const doc = seeded('text')
  doc.getXmlFragment('body').insert(1, [element('bulletList', element('listItem'))])
  const { body } = edit(doc)
  body.commands.insertContentAt(1, 'x')
  expect(body.state.doc.child(1).toJSON()).toEqual({
    type: 'bulletList',
    content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }],
  })
})

test('addresses in text of others are not made into links here', () => {
  const [alice, bob] = inSync('start')
  edit(bob)
  const writes = countWrites(bob)
  const paragraph = alice.getXmlFragment('body').get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).insert(0, 'https://example.org is nice ')
  expect(writes()).toBe(0)
})

test('undo takes back only own edits, over both fields, in order', () => {
  const [alice, bob] = inSync('text')
  const editors = edit(alice)
  const undo = (): boolean => editors.body.commands.undo()
  editors.title.commands.insertContentAt(5, ' B')
  editors.undoManager.stopCapturing()
  editors.body.commands.insertContentAt(5, ' mine')
  editors.undoManager.stopCapturing()
  setTitle(bob, 'Their Plan B')
  expect(toMarkdown(alice)).toEqual({ title: 'Their Plan B', markdown: 'text mine\n' })
  undo()
  expect(toMarkdown(bob)).toEqual({ title: 'Their Plan B', markdown: 'text\n' })
  undo()
  expect(toMarkdown(bob)).toEqual({ title: 'Their Plan', markdown: 'text\n' })
  undo()
  expect(toMarkdown(bob)).toEqual({ title: 'Their Plan', markdown: 'text\n' })
})

test("undo of a new block leaves another person's text in it", () => {
  const [alice, bob] = inSync('text')
  const editors = edit(alice)
  editors.body.commands.insertContentAt(6, {
    type: 'heading',
    attrs: { level: 2 },
    content: [{ type: 'text', text: 'mine' }],
  })
  const heading = bob.getXmlFragment('body').get(1) as Y.XmlElement
  ;(heading.get(0) as Y.XmlText).insert(4, ' theirs')
  editors.body.commands.undo()
  expect(toMarkdown(bob).markdown).toContain('theirs')
  expect(toMarkdown(bob).markdown).not.toContain('mine')
})

test('a caret that has moved stays there when an edit of another person arrives before the browser tells of it', () => {
  const [alice, bob] = inSync('first line')
  const { body } = edit(alice)
  edit(bob)
  body.commands.setTextSelection(11)
  body.view.focus()
  const text = body.view.dom.querySelector('p')?.firstChild as Text
  document.getSelection()?.collapse(text, 0)
  expect(body.state.selection.head).toBe(11)
  const paragraph = bob.getXmlFragment('body').get(0) as Y.XmlElement
  ;(paragraph.get(0) as Y.XmlText).insert(10, '!')
  expect(body.state.doc.textContent).toBe('first line!')
  expect(body.state.selection.head).toBe(1)
})

test('Markdown that is pasted becomes what it says, with safe links only', () => {
  const doc = seeded('')
  const { body } = edit(doc)
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), {
    clipboardData: {
      getData: (type: string) => (type === 'text/plain' ? '## Pasted\n\n- [ ] one [x](javascript:y)' : ''),
    },
  })
  body.view.dom.dispatchEvent(event)
  expect(toMarkdown(doc).markdown).toContain('## Pasted\n\n- [ ] one \\[x\\](javascript:y)')
})
