import 'fake-indexeddb/auto'
import { render, screen } from '@testing-library/react'
import { randomId } from '@weft/shared/kit'
import { windowChannel, windowFields } from '@weft/shared/sync'
import { StrictMode } from 'react'
import { expect, test } from 'vitest'
import { eventually } from '../../kit/testing/eventually.ts'
import { LiveProvider } from '../LiveProvider.tsx'
import { connectTo, page, someUser } from '../testing/people.ts'
import { TestPeer } from '../testing/TestPeer.ts'
import { useWindow } from './useWindow.ts'

/** What was shown, and under which name. */
const seen: string[] = []

function Keys({ channel }: { channel: string | null }) {
  const keys = [...useWindow(channel).entries.keys()].join()
  seen.push(`${channel}: ${keys}`)
  return <p>{keys}</p>
}

test('a component shows the window of its channel, and never one channel under the name of another', async () => {
  const peer = new TestPeer()
  connectTo(peer)
  const [one, two] = [windowChannel('feed', randomId()), windowChannel('feed', randomId())]
  for (const name of [one, two]) peer.change(name, (doc) => doc.getMap(windowFields.entries).set(name, { of: name }))
  const user = someUser()
  const live = page(user)
  const under = (channel: string | null) => (
    <StrictMode>
      <LiveProvider account={{ id: user }} live={live}>
        <Keys channel={channel} />
      </LiveProvider>
    </StrictMode>
  )
  const view = render(under(one))
  await screen.findByText(one, undefined, { timeout: 30_000 })
  view.rerender(under(two))
  await screen.findByText(two, undefined, { timeout: 30_000 })
  view.rerender(under(null))
  await eventually(() => expect(screen.queryByText(two)).toBeNull())
  for (const line of seen)
    expect([`${one}: `, `${one}: ${one}`, `${two}: `, `${two}: ${two}`, 'null: ']).toContain(line)
  expect(peer.sockets.size).toBe(1)
})
