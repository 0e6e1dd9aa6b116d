import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'

import { applyMarkdown, plainTextOf } from '@weft/shared/editor'
import { seedUpdate } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Editors } from './editors.ts'
import { openEditors } from './testing/open.ts'
import { isKnown } from './unknown.ts'

const start = `one two

- alpha
  - beta

  gamma
- delta

1. first
2. second

- [ ] task
- [x] done

> quote

> [!NOTE]
> called

<details>
<summary>line</summary>

below

</details>

| a | b |
| --- | --- |
| c | d |
| e | f |
`

const open: Editors[] = []
afterEach(() => {
  for (const editors of open.splice(0)) editors.destroy()
})

/** Numbers of a seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

type Random = ReturnType<typeof randomOf>

const edits: readonly ((editor: Editor, random: Random) => unknown)[] = [
  ({ commands }, random) => commands.insertContent(`w${random(1_000)} `),
  ({ commands }) => commands.splitListItem('listItem') || commands.splitBlock(),
  ({ commands }) => commands.splitListItem('taskItem') || commands.splitBlock(),
  ({ commands }) => commands.splitBlock(),
  ({ commands }) => commands.joinBackward(),
  ({ commands }) => commands.joinForward(),
  ({ commands }) => commands.sinkListItem('listItem') || commands.sinkListItem('taskItem'),
  ({ commands }) => commands.liftListItem('listItem') || commands.liftListItem('taskItem'),
  ({ commands }) => commands.deleteNode('listItem'),
  ({ commands }) => commands.deleteNode('taskItem'),
  ({ commands }) => commands.deleteNode('paragraph'),
  ({ commands }) => commands.deleteSelection(),
  ({ commands }) => commands.toggleBulletList(),
  ({ commands }) => commands.toggleOrderedList(),
  ({ commands }) => commands.toggleTaskList(),
  ({ commands }) => commands.toggleBlockquote(),
  ({ commands }) => commands.toggleCodeBlock(),
  ({ commands }) => commands.toggleCallout('tip'),
  ({ commands }) => commands.setDetails(),
  ({ commands }) => commands.setHeading({ level: 2 }),
  ({ commands }) => commands.deleteRow(),
  ({ commands }) => commands.deleteColumn(),
  ({ commands }) => commands.addRowAfter(),
  ({ commands }) => commands.addColumnAfter(),
]

function edit(editor: Editor, random: Random): void {
  const { doc, tr } = editor.state
  const at = random(doc.content.size)
  const to = random(3) === 0 ? Math.min(doc.content.size, at + random(12)) : at
  editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(at), doc.resolve(to))))
  try {
    edits[random(edits.length)]?.(editor, random)
  } catch (error) {
    // Tiptap's split of a selection over several items throws, and has then done nothing.
    if (!(error instanceof Error) || error.name !== 'TransformError') throw error
  }
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc), 'remote')
  return copy
}

/** Every change that a document makes itself, and not one that it was given. */
function ownWrites(doc: Y.Doc): () => number {
  let writes = 0
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') writes++
  })
  return () => writes
}

const letters = (doc: Y.Doc): string => plainTextOf(doc).replace(/\s/g, '')

/** `carries`: what one types while another writes the text around it anew is moved along (see rewritten). */
function opened(doc: Y.Doc, carries = true): Editor {
  const editors = openEditors(doc)
  if (!carries) editors.rewrites.destroy()
  open.push(editors)
  return editors.body
}

/** What of a text is not in another one, in whatever order. */
function missing(text: string, inText: string): string {
  const left = new Map<string, number>()
  for (const char of inText) left.set(char, (left.get(char) ?? 0) + 1)
  const isMissing = (char: string): boolean => {
    const count = left.get(char) ?? 0
    left.set(char, count - 1)
    return count <= 0
  }
  return [...text].filter(isMissing).join('')
}

function run(seed: number, carries: boolean): void {
  const random = randomOf(seed)
  const alice = new Y.Doc()
  alice.clientID = 1
  Y.applyUpdate(alice, seedUpdate('rich'))
  applyMarkdown(alice, start, { title: 'Lists' })
  const bob = copyOf(alice)
  bob.clientID = 2
  const [anns, bobs] = [opened(alice, carries), opened(bob, carries)]
  for (let round = 0; round < 4; round++) {
    for (let i = 0; i < 4; i++) {
      edit(anns, random)
      edit(bobs, random)
    }
    // What Yjs itself makes of both, with no editor that could delete.
    const merged = copyOf(alice)
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(bob))
    const [annsPart, bobsPart] = [Y.encodeStateAsUpdate(alice), Y.encodeStateAsUpdate(bob)]
    Y.applyUpdate(alice, bobsPart, 'remote')
    Y.applyUpdate(bob, annsPart, 'remote')
    // Moving adjacent text together is y-tiptap's way; it may do that, and the other must hear of it.
    Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice), 'remote')
    Y.applyUpdate(alice, Y.encodeStateAsUpdate(bob), 'remote')
    Y.applyUpdate(bob, Y.encodeStateAsUpdate(alice), 'remote')
    expect(isKnown(merged)).toBe(true)
    if (carries) expect(missing(letters(merged), letters(alice))).toBe('')
    else expect(letters(alice)).toBe(letters(merged))
    expect(bob.getXmlFragment('body').toJSON()).toBe(alice.getXmlFragment('body').toJSON())
    expect(anns.state.doc.toJSON()).toEqual(bobs.state.doc.toJSON())
    expect(anns.state.doc.textContent.replace(/\s/g, '')).toBe(letters(alice).slice('Lists'.length))
  }
  const third = copyOf(alice)
  const writes = ownWrites(third)
  opened(third)
  expect(writes()).toBe(0)
  for (const editors of open.splice(0)) editors.destroy()
}

/** Each takes 0.15 s. */
const seeds = 40

for (let seed = 1; seed <= seeds; seed++) {
  test(`[SAVE-8] what two people do to lists and tables at once loses no text (seed ${seed})`, () => run(seed, false))
  test(`[CARET-2] nor where what they type is moved along (seed ${seed})`, () => run(seed, true))
}
