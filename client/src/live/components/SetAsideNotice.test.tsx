import 'fake-indexeddb/auto'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { IndexedDbStore } from '../device/IndexedDbStore.ts'
import { LiveProvider } from '../LiveProvider.tsx'
import { connectTo, page, someDocument, someUser } from '../testing/people.ts'
import { TestPeer } from '../testing/TestPeer.ts'
import { readEnglish } from '../testing/words.ts'
import { SetAsideNotice } from './SetAsideNotice.tsx'

beforeAll(readEnglish)
afterEach(cleanup)

test('[SAVE-8] what was set aside can be exported as it is, and goes only when the person says so twice', async () => {
  connectTo(new TestPeer())
  const user = someUser()
  const aside = {
    id: 'a',
    documentId: someDocument(),
    title: 'Plan',
    markdown: 'my words\n',
    why: 'access-removed' as const,
  }
  await new IndexedDbStore(user).setAside({ ...aside, state: new Uint8Array([0, 0]), at: 0 })
  const live = page(user)
  render(
    <LiveProvider account={{ id: user }} live={live}>
      <SetAsideNotice />
    </LiveProvider>,
  )
  await screen.findByText(/^Plan/)
  const exported: Blob[] = []
  const names: string[] = []
  URL.createObjectURL = (blob: Blob) => {
    exported.push(blob)
    return 'blob:exported'
  }
  URL.revokeObjectURL = () => undefined
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download)
  })
  fireEvent.click(screen.getByRole('button', { name: 'Export' }))
  expect(names).toEqual(['Plan.md'])
  expect(await exported[0]?.text()).toBe('# Plan\n\nmy words\n')
  fireEvent.click(screen.getByRole('button', { name: 'Discard' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(await live.setAside()).toHaveLength(1)
  const confirm = [...dialog.querySelectorAll('button')].find((button) => button.textContent === 'Discard')
  if (confirm !== undefined) fireEvent.click(confirm)
  await waitFor(() => expect(screen.queryByTestId('set-aside')).toBeNull())
  expect(await live.setAside()).toEqual([])
})
