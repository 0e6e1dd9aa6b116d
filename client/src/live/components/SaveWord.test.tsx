import 'fake-indexeddb/auto'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { closeReasons, documentChannel } from '@weft/shared/sync'
import { StrictMode } from 'react'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import catalogue from '../../kit/locales/en/live.json'
import type { Live } from '../Live.ts'
import { LiveProvider } from '../LiveProvider.tsx'
import { connectTo, page, someDocument, someUser } from '../testing/people.ts'
import { TestPeer } from '../testing/TestPeer.ts'
import { readEnglish } from '../testing/words.ts'
import { SaveWord } from './SaveWord.tsx'
import { shownWord, type Why } from './shownWord.ts'

beforeAll(readEnglish)
afterEach(cleanup)

const id = someDocument()
let peer: TestPeer
let live: Live
beforeEach(() => {
  peer = new TestPeer()
})

function show() {
  connectTo(peer)
  const user = someUser()
  live = page(user)
  const shown: string[] = []
  const view = render(
    <StrictMode>
      <LiveProvider account={{ id: user }} live={live}>
        <SaveWord documentId={id} />
      </LiveProvider>
    </StrictMode>,
  )
  const button = screen.getByTestId('save-word')
  const observer = new MutationObserver(() => shown.push(button.textContent ?? ''))
  observer.observe(button, { childList: true, characterData: true, subtree: true })
  return { button, shown, view, room: live.document(id) }
}

const reads = (button: HTMLElement, words: string) => waitFor(() => expect(button.textContent).toBe(words))

test('[SAVE-6] "Saved" goes with the change and comes back after the answer; never before', async () => {
  const { button, room } = show()
  await reads(button, 'Saved')
  peer.slowDisk = true
  room.doc.getText('text').insert(0, 'words')
  await waitFor(() => expect(button.dataset.word).toBe('pending'))
  await reads(button, 'Saving…')
  peer.commit()
  await reads(button, 'Saved')
})

test('keys in a row: the word settles in the pause instead of flickering at every key', async () => {
  const { button, shown, room } = show()
  await reads(button, 'Saved')
  shown.length = 0
  for (let key = 0; key < 20; key++) {
    room.doc.getText('text').insert(0, 'x')
    await waitFor(() => expect(room.state.save.word).toBe('saved'))
  }
  await reads(button, 'Saved')
  expect(shown.filter((words) => words === 'Saved')).toHaveLength(1)
})

test('offline says so, politely; a reason that ends it is explained with what to do', async () => {
  const { button, room } = show()
  await reads(button, 'Saved')
  peer.down = true
  peer.die()
  room.doc.getText('text').insert(0, 'words')
  await reads(button, 'Offline: saved on this device')
  expect(screen.getByRole('status').textContent).toBe('Offline: saved on this device')
  peer.down = false
  await reads(button, 'Saved')
  peer.closeChannel(documentChannel(id), 'too-large')
  await reads(button, 'Not saved')
  fireEvent.click(button)
  await screen.findByText(catalogue.why['too-large'])
  await screen.findByText(catalogue.do['too-large'])
})

test('mounted twice by StrictMode and unmounted again: one session, let go of', async () => {
  const { button, view } = show()
  await reads(button, 'Saved')
  expect(peer.sessions.size).toBe(1)
  expect(peer.sockets.size).toBe(1)
  view.unmount()
  await live.end()
  await waitFor(() => expect(peer.sockets.size).toBe(0))
})

const reasons: Why[] = [...(Object.keys(closeReasons) as Why[]), 'storage-stopped', 'device-store']

test.each(reasons)('%s has its own sentence and its own way out', (why) => {
  expect(catalogue.why[why]).toMatch(/\.$/)
  expect(catalogue.do[why]).toMatch(/\.$/)
  expect(shownWord({ word: 'not-saved', why }, { mayWrite: true, connection: 'online' }).key).toBe('not-saved')
})

test('[SAVE-6] a page that is offline with nothing unsent says offline; one that may not write claims nothing', () => {
  expect(shownWord({ word: 'saved' }, { mayWrite: true, connection: 'offline' }).key).toBe('offline')
  expect(shownWord({ word: 'saved' }, { mayWrite: false, connection: 'online' }).key).toBe('view-only')
  expect(shownWord({ word: 'saving' }, { mayWrite: true, connection: 'offline' }).key).toBe('saving')
})
