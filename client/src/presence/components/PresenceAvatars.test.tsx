import 'fake-indexeddb/auto'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { DocumentId, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import presence from '../../kit/locales/en/presence.json'
import { createLive, LiveProvider } from '../../live/index.ts'
import { FollowBorder } from './FollowBorder.tsx'
import { PresenceAvatars } from './PresenceAvatars.tsx'

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { presence } } })
})
afterEach(cleanup)

const own = UserId.parse(randomId())

/** A document without a server: others come in by their awareness, as the channel would bring it. */
function show() {
  const live = createLive({
    account: { id: own },
    url: 'ws://127.0.0.1:9/sync',
    fetchToken: () => Promise.reject(new Error('offline')),
  })
  const session = live.document(DocumentId.parse(randomId()))
  const workspaceId = WorkspaceId.parse(randomId())
  render(
    <LiveProvider account={{ id: own }} live={live}>
      <PresenceAvatars session={session} workspaceId={workspaceId} own={own} />
      <FollowBorder session={session} workspaceId={workspaceId} own={own} />
    </LiveProvider>,
  )
  const join = (name: string) => {
    const theirs = new Awareness(new Y.Doc())
    theirs.setLocalState({ user: { id: randomId(), name, color: '#b4322f', image: null }, cursor: null })
    act(() => applyAwarenessUpdate(session.awareness, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'test'))
    theirs.destroy()
    return () => act(() => removeAwarenessStates(session.awareness, [theirs.clientID], 'test'))
  }
  return { join }
}

const names = () =>
  screen.queryAllByTestId('presence-avatar').map((avatar) => avatar.querySelector('.sr-only')?.textContent)

test('six avatars and an overflow that names the rest', async () => {
  const { join } = show()
  for (const name of ['Alice', 'Bob', 'Carol', 'Dan', 'Erin', 'Frank', 'Grace', 'Heidi']) join(name)
  await waitFor(() => expect(names()).toHaveLength(6))
  expect(names()[0]).toBe('Alice: Viewing')
  expect(screen.getByTitle('Grace, Heidi').textContent).toContain('+2')
})

test('joins and leaves are said politely; who left stays, faded, behind those here', async () => {
  const { join } = show()
  join('Bob')
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Bob is here.'))
  const leave = join('Alice')
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Alice is here.'))
  leave()
  await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Alice has left.'))
  expect(names()).toEqual(['Bob: Viewing', 'Alice: Was here a moment ago'])
})

test('a click follows with a border in their colour; any key, and their leaving, end it', async () => {
  const { join } = show()
  const leave = join('Alice')
  const avatar = await screen.findByTestId('presence-avatar')
  fireEvent.click(avatar)
  expect(screen.getByTestId('follow-border').style.borderColor).toBe('rgb(180, 50, 47)')
  expect(avatar.getAttribute('aria-pressed')).toBe('true')
  fireEvent.keyDown(document.body, { key: 'a' })
  expect(screen.queryByTestId('follow-border')).toBeNull()
  fireEvent.click(avatar)
  expect(screen.getByTestId('follow-border')).not.toBeNull()
  leave()
  await waitFor(() => expect(screen.queryByTestId('follow-border')).toBeNull())
})
