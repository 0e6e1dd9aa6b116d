import { readBody, toMarkdown } from '@weft/shared/editor'
import { DocumentId, MentionId, randomId, UserId } from '@weft/shared/kit'
import { seedUpdate, titleOf } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Editors } from '../editors.ts'
import { openEditors } from '../testing/open.ts'
import { isKnown, watchUnknown } from '../unknown.ts'
import { KnownPeople } from './KnownPeople.ts'
import type { Mentionable } from './mentionable.ts'
import { insertMention } from './mentionExtension.ts'

const open: Editors[] = []

afterEach(() => {
  for (const editors of open.splice(0)) editors.destroy()
})

const ben = { id: UserId.parse(randomId()), name: 'Ben', color: '#b4322f', image: null }
const aboutBen: Mentionable = { person: ben, status: 'online', here: true, own: false, readsOnly: false }

function edit(doc = new Y.Doc(), people?: KnownPeople): Editors {
  Y.applyUpdate(doc, seedUpdate('rich'))
  const editors = openEditors(doc, false, () => true, people)
  open.push(editors)
  return editors
}

/** Types `@be` at the end of what is there and chooses Ben. */
function mentionBen({ body }: Editors): void {
  body.commands.setTextSelection(body.state.doc.content.size - 1)
  body.commands.insertContent('@be')
  const { to } = body.state.selection
  insertMention(body, { from: to - 3, to }, aboutBen)
}

const markdown = (doc: Y.Doc): string => toMarkdown(doc).markdown

test('a mention is put in the place of what was written, with an id of its own and a space behind it', () => {
  const doc = new Y.Doc()
  const editors = edit(doc)
  editors.body.commands.insertContent('ask ')
  mentionBen(editors)
  editors.body.commands.insertContent('soon')
  expect(markdown(doc)).toBe('ask @Ben soon\n')
  const [, mention] = readBody(doc).firstChild?.children ?? []
  expect(mention?.attrs).toMatchObject({ userId: ben.id, name: 'Ben' })
  expect(MentionId.safeParse(mention?.attrs.mentionId).success).toBe(true)
  expect(isKnown(doc)).toBe(true)
})

test('no second space is put before one that is there', () => {
  const doc = new Y.Doc()
  const editors = edit(doc)
  editors.body.commands.insertContent('@be soon')
  insertMention(editors.body, { from: 1, to: 4 }, aboutBen)
  editors.body.commands.insertContent('please ')
  expect(markdown(doc)).toBe('@Ben please soon\n')
})

test('undo takes a mention back as one step, and redo brings the same one', () => {
  const doc = new Y.Doc()
  const editors = edit(doc)
  mentionBen(editors)
  const inserted = JSON.stringify(readBody(doc))
  editors.body.commands.insertContent('soon')
  editors.body.commands.undo()
  expect(markdown(doc)).toBe('@Ben\n')
  editors.body.commands.undo()
  expect(markdown(doc)).toBe('@be\n')
  editors.body.commands.redo()
  expect(JSON.stringify(readBody(doc))).toBe(inserted)
})

test('others get it as it is, whatever marks are laid over it and however its line is split', () => {
  const [alice, bob] = [new Y.Doc(), new Y.Doc()]
  const editors = edit(alice)
  let unknown = 0
  watchUnknown(bob, () => unknown++)
  const reader = edit(bob)
  alice.on('update', (update: Uint8Array) => Y.applyUpdate(bob, update, 'remote'))
  editors.body.commands.insertContent('ask ')
  mentionBen(editors)
  editors.body.commands.insertContent('soon')
  const mentionId = (doc: Y.Doc): unknown => {
    let id: unknown = null
    readBody(doc).descendants((node) => {
      if (node.type.name === 'mention') id = node.attrs.mentionId
    })
    return id
  }
  const before = mentionId(alice)
  editors.body.chain().selectAll().toggleBold().run()
  editors.body.commands.setTextSelection(3)
  editors.body.commands.splitBlock()
  editors.body.commands.toggleBulletList()
  expect(mentionId(bob)).toBe(before)
  expect(reader.body.getText()).toContain('@Ben')
  expect(unknown).toBe(0)
  expect(markdown(bob)).toBe(markdown(alice))
  editors.body.commands.insertContentAt(editors.body.state.doc.content.size - 3, '!')
  expect(markdown(bob)).toBe(markdown(alice))
})

test('today’s name is shown and copied, the written one of somebody who is not known', () => {
  const documentId = DocumentId.parse(randomId())
  const people = new KnownPeople(documentId)
  const editors = edit(new Y.Doc(), people)
  mentionBen(editors)
  const shown = (): HTMLElement | null => editors.body.view.dom.querySelector('.weft-mention')
  const name = (called: string) => ({ ...ben, name: called, role: 'member' as const, joinedAt: 0, lastSeenAt: null })
  const own = { id: UserId.parse(randomId()), name: 'Ann', color: '#b4322f', image: null }
  const set = (members: ReturnType<typeof name>[] | undefined, me = own): void =>
    people.set({ own: me, members, present: [], forEverybody: true, readers: undefined })
  expect(shown()?.textContent).toBe('@Ben')
  set([name('Benjamin')])
  expect(shown()?.textContent).toBe('@Benjamin')
  expect(editors.body.getText()).toBe('@Benjamin ')
  set(undefined)
  expect([shown()?.textContent, shown()?.hasAttribute('data-left')]).toEqual(['@Ben', false])
  set([])
  expect([shown()?.textContent, shown()?.hasAttribute('data-left')]).toEqual(['@Ben', true])
  set([name('Ben')], ben)
  expect(shown()?.hasAttribute('data-own')).toBe(true)
})

test('a paragraph that is joined to the title takes the names along', () => {
  const doc = new Y.Doc()
  const editors = edit(doc)
  for (const { view } of [editors.title, editors.body]) document.body.append(view.dom)
  mentionBen(editors)
  editors.body.commands.setTextSelection(1)
  editors.body.commands.keyboardShortcut('Backspace')
  expect(titleOf(doc).trim()).toBe('@Ben')
})

test('pasted mentions keep their ids; what only looks like one stays text', () => {
  const doc = new Y.Doc()
  const { body } = edit(doc)
  const [userId, mentionId] = [randomId(), randomId()]
  const span = (user: string, mention: string, words: string): string =>
    `<span data-user="${user}" data-mention="${mention}" data-name="Ben">${words}</span>`
  const html = `<p>${span(userId, mentionId, '@Ben')} and ${span('1', '__proto__', '@Nobody')}</p>`
  const clipboardData = { getData: (type: string) => (type === 'text/html' ? html : '') }
  body.view.dom.dispatchEvent(Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData }))
  expect(markdown(doc)).toBe('@Ben and @Nobody\n')
  expect(readBody(doc).firstChild?.firstChild?.attrs).toEqual({ userId, mentionId, name: 'Ben' })
  expect(isKnown(doc)).toBe(true)
})
