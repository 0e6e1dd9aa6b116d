import { cleanup, render, screen } from '@testing-library/react'
import { applyMarkdown } from '@weft/shared/editor'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import { seedUpdate } from '@weft/shared/text'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { KnownPeople } from './mention/KnownPeople.ts'
import { ReadingView } from './ReadingView.tsx'

afterEach(cleanup)

test('what this version cannot edit is read with the people that it mentions, by the names of today', () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate('rich'))
  applyMarkdown(doc, 'Ask ', { title: 'Plan' })
  const ben = { id: UserId.parse(randomId()), name: 'Benjamin', color: '#b4322f', image: null }
  const mention = new Y.XmlElement('mention')
  for (const [key, value] of Object.entries({ userId: ben.id, name: 'Ben', mentionId: randomId() }))
    mention.setAttribute(key, value)
  const body = doc.getXmlFragment('body')
  ;(body.get(0) as Y.XmlElement).insert(1, [mention])
  body.insert(1, [new Y.XmlElement('hologram')])
  const people = new KnownPeople(DocumentId.parse(randomId()))
  render(<ReadingView doc={doc} label="Text" people={people} />)
  expect(screen.getByText('@Ben')).toBeTruthy()
  const own = { ...ben, id: UserId.parse(randomId()), name: 'Ann' }
  const members = [{ ...ben, role: 'member' as const, joinedAt: 0, lastSeenAt: null }]
  people.set({ own, members, present: [], forEverybody: true, readers: undefined })
  expect(screen.getByText('@Benjamin').className).toBe('weft-mention')
})
