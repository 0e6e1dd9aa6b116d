// @vitest-environment node
import 'fake-indexeddb/auto'
// Before the stand-in page, which its libraries would take for a browser's.
import '@weft/shared/editor'
import { WeftError } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import { seedUpdate } from '@weft/shared/text'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { eventually } from '../kit/testing/eventually.ts'
import type { DocumentRoom } from './documents/DocumentRoom.ts'
import { connectTo, page, someDocument, someUser } from './testing/people.ts'
import { TestPeer } from './testing/TestPeer.ts'

const until = (room: DocumentRoom, word: string) => eventually(() => expect(room.state.save.word).toBe(word))
const write = (room: DocumentRoom, words: string) => room.doc.getText('text').insert(0, words)
const count = (peer: TestPeer, entry: string) => peer.heard.filter((heard) => heard === entry).length

function meeting() {
  const peer = new TestPeer()
  connectTo(peer)
  const id = someDocument()
  return { peer, id, name: documentChannel(id) }
}

test('[SAVE-6] says saved only when the server has answered, and offline once the device has it', async () => {
  const { peer, id, name } = meeting()
  const live = page(someUser())
  live.holdDocument(id)
  const room = live.document(id)
  await until(room, 'saved')
  peer.slowDisk = true
  write(room, 'one ')
  expect(room.state.save.word).toBe('saving')
  await eventually(() => expect(live.unsent()).resolves.toEqual([id]))
  await eventually(() => expect(count(peer, `${name}:2`)).toBe(1))
  expect(room.state.save.word).toBe('saving')
  peer.commit()
  await until(room, 'saved')
  expect(peer.textOf(id)).toBe('one ')
  peer.slowDisk = true
  write(room, 'two ')
  peer.down = true
  peer.die()
  await until(room, 'offline')
  peer.down = false
  peer.slowDisk = false
  await until(room, 'saved')
  expect(peer.textOf(id)).toBe('two one ')
})

test('[SAVE-6] a connection that does not come back is told as offline, however long the next attempt waits', async () => {
  const { peer, id } = meeting()
  /** The longer waits, which end when the test says so. */
  const held = new Set<{ ms: number; run: () => void }>()
  const clock = {
    now: () => Date.now(),
    after: (ms: number, run: () => void) => {
      if (ms < 400) {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      }
      const wait = { ms, run }
      held.add(wait)
      return () => void held.delete(wait)
    },
    random: () => 0.999,
  }
  const live = page(someUser(), { clock })
  live.holdDocument(id)
  const room = live.document(id)
  await until(room, 'saved')
  peer.die()
  write(room, 'one ')
  await eventually(() => expect(live.unsent()).resolves.toEqual([id]))
  expect(room.state.save.word).toBe('saving')
  const [retry, hope] = [...held].toSorted((a, b) => a.ms - b.ms)
  hope?.run()
  expect(room.state.save.word).toBe('offline')
  retry?.run()
  await until(room, 'saved')
  expect(peer.textOf(id)).toBe('one ')
})

test('text written offline in a page that was closed is sent by the next one, without opening the document', async () => {
  const { peer, id } = meeting()
  peer.down = true
  const user = someUser()
  const first = page(user)
  first.holdDocument(id)
  write(first.document(id), 'before loading? ')
  await until(first.document(id), 'offline')
  await first.end()
  peer.down = false
  const second = page(user)
  await eventually(() => expect(peer.textOf(id)).toBe('before loading? '))
  await eventually(() => expect(second.unsent()).resolves.toEqual([]))
})

test('two people in one browser see nothing of each other, and signing out deletes what was theirs', async () => {
  const { peer, id } = meeting()
  peer.down = true
  const [alice, bob] = [someUser(), someUser()]
  const hers = page(alice)
  hers.holdDocument(id)
  write(hers.document(id), 'secret')
  await until(hers.document(id), 'offline')
  await hers.end()
  const his = page(bob)
  his.holdDocument(id)
  await his.document(id).loading
  expect(his.document(id).state).toMatchObject({ loaded: true, readable: false })
  expect(his.document(id).doc.getText('text').toString()).toBe('')
  expect(await his.documentsOnDevice()).toEqual([])
  await his.end()
  await page(alice).signOut()
  const again = page(alice)
  expect(await again.unsent()).toEqual([])
  again.holdDocument(id)
  await again.document(id).loading
  expect(again.document(id).doc.getText('text').toString()).toBe('')
})

test('[SAVE-8] access lost with unsent text: it is set aside with its Markdown, and nothing else stays', async () => {
  const { peer, id, name } = meeting()
  Y.applyUpdate(peer.storedDoc(name), seedUpdate('plain'))
  const live = page(someUser())
  live.holdDocument(id)
  const room = live.document(id)
  await until(room, 'saved')
  peer.slowDisk = true
  write(room, 'my unsent words')
  await eventually(() => expect(live.unsent()).resolves.toEqual([id]))
  peer.closeChannel(name, 'access-removed')
  await eventually(async () => expect((await live.setAside()).map(({ documentId }) => documentId)).toEqual([id]))
  const [aside] = await live.setAside()
  expect(aside?.markdown).toContain('my unsent words')
  expect(room.state).toMatchObject({ closed: 'access-removed', mayWrite: false })
  expect(room.state.save).toEqual({ word: 'not-saved', why: 'access-removed' })
  await eventually(() => expect(live.documentsOnDevice()).resolves.toEqual([]))
  if (aside !== undefined) await live.discardSetAside(aside.id)
  expect(await live.setAside()).toEqual([])
})

test('[SAVE-8] access lost with everything saved: the offline copy is deleted', async () => {
  const { peer, id, name } = meeting()
  const user = someUser()
  const live = page(user)
  live.holdDocument(id)
  write(live.document(id), 'shared words')
  await until(live.document(id), 'saved')
  peer.closeChannel(name, 'not-found')
  await eventually(() => expect(live.document(id).state.closed).toBe('not-found'))
  expect(await live.setAside()).toEqual([])
  peer.down = true
  await live.end()
  const next = page(user)
  next.holdDocument(id)
  await next.document(id).loading
  expect(next.document(id).state.readable).toBe(false)
})

test('[SAVE-8] a session that may not write sends nothing; unsent text is set aside and reading goes on', async () => {
  const { peer, id, name } = meeting()
  Y.applyUpdate(peer.storedDoc(name), seedUpdate('plain'))
  peer.down = true
  const live = page(someUser())
  live.holdDocument(id)
  const room = live.document(id)
  await room.loading
  write(room, 'too late')
  await until(room, 'offline')
  peer.readOnly = true
  peer.down = false
  await eventually(() => expect(room.state).toMatchObject({ synced: true, mayWrite: false, generation: 1 }))
  expect((await live.setAside()).map(({ markdown }) => markdown.trim())).toEqual(['too late'])
  expect(room.doc.getText('text').toString()).toBe('')
  expect(count(peer, `${name}:1`) + count(peer, `${name}:2`)).toBe(0)
  expect(peer.textOf(id)).toBe('')
})

test('[IDENT-2] a foreign client id: the unsent text goes on under a new one, in a fresh document', async () => {
  const { peer, id, name } = meeting()
  const live = page(someUser())
  live.holdDocument(id)
  const room = live.document(id)
  write(room, 'shared. ')
  await until(room, 'saved')
  await eventually(() => expect(live.unsent()).resolves.toEqual([]))
  const before = room.doc.clientID
  peer.slowDisk = true
  room.doc.getText('text').insert(8, 'mine.')
  await eventually(() => expect(live.unsent()).resolves.toEqual([id]))
  peer.die()
  peer.slowDisk = false
  await eventually(() => expect(peer.sessions.size).toBe(1))
  peer.refuse = 1_000
  peer.closeChannel(name, 'foreign-client-id')
  peer.refuse = 0
  await eventually(() => expect(room.state).toMatchObject({ generation: 1, save: { word: 'saved' } }))
  expect(room.doc.clientID).not.toBe(before)
  expect(peer.textOf(id)).toBe('shared. mine.')
  await eventually(() => expect(live.setAside()).resolves.toEqual([]))
})

test('reasons that ask for another session are followed with the same document, and typing goes on', async () => {
  const { peer, id, name } = meeting()
  const live = page(someUser())
  live.holdDocument(id)
  const room = live.document(id)
  await until(room, 'saved')
  for (const reason of ['channel-renewed', 'too-slow', 'storage-full', 'token-expired'] as const) {
    const joins = peer.heard.filter((heard) => heard.startsWith(`${name}:token`)).length
    peer.closeChannel(name, reason)
    write(room, `${reason} `)
    await eventually(() =>
      expect(peer.heard.filter((heard) => heard.startsWith(`${name}:token`)).length).toBe(joins + 1),
    )
    await until(room, 'saved')
    expect(peer.textOf(id)).toBe(room.doc.getText('text').toString())
  }
  expect(room.state.generation).toBe(0)
})

test('a channel closed for good sends nothing more, while the others of the socket live on', async () => {
  const { peer, id, name } = meeting()
  const other = someDocument()
  const live = page(someUser())
  live.holdDocument(id)
  live.holdDocument(other)
  await until(live.document(id), 'saved')
  await until(live.document(other), 'saved')
  peer.closeChannel(name, 'too-large')
  await eventually(() => expect(live.document(id).state.closed).toBe('too-large'))
  const before = peer.heard.filter((heard) => heard.startsWith(name)).length
  write(live.document(id), 'after')
  write(live.document(other), 'still here')
  await until(live.document(other), 'saved')
  expect(peer.heard.filter((heard) => heard.startsWith(name)).length).toBe(before)
  expect(live.document(id).state.save).toEqual({ word: 'not-saved', why: 'too-large' })
  expect(peer.sockets.size).toBe(1)
})

test('[SAVE-4] storage that stops is said, with its reason, until it resumes', async () => {
  const { peer, id, name } = meeting()
  const live = page(someUser())
  live.holdDocument(id)
  await until(live.document(id), 'saved')
  peer.say(name, { type: 'saving', state: 'stopped', reason: 'The disk is full.' })
  await until(live.document(id), 'not-saved')
  expect(live.document(id).state.save).toMatchObject({ why: 'storage-stopped', detail: 'The disk is full.' })
  peer.say(name, { type: 'saving', state: 'resumed' })
  await until(live.document(id), 'saved')
})

test('[ACCESS-4] one token for all channels; renewed without dropping the socket; signed out ends it', async () => {
  const { peer, id } = meeting()
  const other = someDocument()
  let now = 0
  let asked = 0
  let signedIn = true
  const live = page(someUser(), {
    clock: {
      now: () => now,
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      random: () => 0,
    },
    fetchToken: async () => {
      if (!signedIn) throw new WeftError('signed-out', 'sign in')
      return { token: `t${++asked}`, expiresAt: now + 600_000 }
    },
  })
  live.holdDocument(id)
  live.holdDocument(other)
  await until(live.document(id), 'saved')
  await until(live.document(other), 'saved')
  expect(asked).toBe(1)
  now = 500_000
  const [socket] = peer.sockets
  peer.askForToken()
  await eventually(() => expect(peer.heard.filter((heard) => heard.endsWith(':token:t2')).length).toBe(2))
  expect(asked).toBe(2)
  expect([...peer.sockets]).toEqual([socket])
  signedIn = false
  now = 2_000_000
  peer.die()
  await eventually(() => expect(live.document(id).state.closed).toBe('signed-out'))
  expect(live.stopped).toBe('signed-out')
  signedIn = true
  live.retry()
  await until(live.document(id), 'saved')
})

test('[EVENT-4] a document made here joins only after its create command has gone through', async () => {
  const { peer, id, name } = meeting()
  const live = page(someUser())
  const other = someDocument()
  await live.createLocal(id, 'rich')
  live.holdDocument(id)
  live.holdDocument(other)
  await until(live.document(other), 'saved')
  await live.document(id).loading
  expect(live.document(id).doc.getXmlFragment('title').length).toBe(1)
  expect(peer.heard.some((heard) => heard.startsWith(name))).toBe(false)
  Y.applyUpdate(peer.storedDoc(name), seedUpdate('rich'))
  await live.created(id)
  await until(live.document(id), 'saved')
  expect(peer.storedDoc(name).getXmlFragment('title').length).toBe(1)
  expect(live.document(id).doc.getXmlFragment('title').length).toBe(1)
})

test('[EVENT-4] a document made in a page that was closed waits for its create command, and keeps its text', async () => {
  const { peer, id } = meeting()
  const user = someUser()
  const first = page(user)
  await first.createLocal(id, 'plain')
  first.holdDocument(id)
  await first.document(id).loading
  write(first.document(id), 'kept')
  await eventually(() => expect(first.document(id).onlyInPage).toBe(false))
  await first.end()
  peer.turnsAway = 'not-found'
  const waits: number[] = []
  const second = page(user, {
    clock: {
      now: () => Date.now(),
      after: (ms, run) => {
        waits.push(ms)
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      random: () => 0,
    },
  })
  second.holdDocument(id)
  const room = second.document(id)
  // Turned away, and about to ask again.
  await eventually(() => expect(waits).toContain(3_000))
  expect(room.state).toMatchObject({ closed: null, readable: true })
  expect(await second.setAside()).toEqual([])
  peer.turnsAway = null
  await second.created(id)
  await until(room, 'saved')
  expect(peer.textOf(id)).toBe('kept')
})

test('a room is one for each page, kept while anybody holds it', async () => {
  const { peer, id } = meeting()
  const live = page(someUser())
  const letGo = [live.holdDocument(id), live.holdDocument(id)]
  const room = live.document(id)
  await until(room, 'saved')
  letGo[0]?.()
  letGo[0]?.()
  expect(live.document(id)).toBe(room)
  letGo[1]?.()
  const holdAgain = live.holdDocument(id)
  expect(live.document(id)).toBe(room)
  expect(peer.sessions.size).toBe(1)
  holdAgain()
})

test('where the device store does not work, the page works online and says the truth offline', async () => {
  const { peer, id } = meeting()
  const broken = () => Promise.reject(new Error('no IndexedDB here'))
  const live = page(someUser(), {
    deviceStore: {
      outbox: broken,
      windows: broken,
      files: broken,
      load: broken,
      append: broken,
      markSent: broken,
      compact: broken,
      describe: broken,
      documents: broken,
      unsentDocuments: broken,
      sizes: broken,
      forget: broken,
      setAside: broken,
      listSetAside: broken,
      discardSetAside: broken,
      close: () => undefined,
      deleteAll: broken,
    },
  })
  live.holdDocument(id)
  const room = live.document(id)
  await until(room, 'saved')
  write(room, 'online ')
  await until(room, 'saved')
  expect(room.onlyInPage).toBe(false)
  peer.down = true
  peer.die()
  write(room, 'offline ')
  await until(room, 'not-saved')
  expect(room.state.save).toEqual({ word: 'not-saved', why: 'device-store' })
  expect(room.onlyInPage).toBe(true)
  peer.down = false
  await until(room, 'saved')
  expect(peer.textOf(id)).toBe('offline online ')
})

test('the network going and coming is followed at once, however long the backoff has become', async () => {
  const { peer, id } = meeting()
  const live = page(someUser(), {
    clock: {
      now: () => Date.now(),
      // Whatever has to be waited for never comes: only the browser's word brings the page back.
      after: (ms, run) => {
        const timer = ms < 100 ? setTimeout(run, ms) : undefined
        return () => clearTimeout(timer)
      },
      random: () => 1,
    },
  })
  live.holdDocument(id)
  const room = live.document(id)
  await until(room, 'saved')
  peer.down = true
  window.dispatchEvent(new Event('offline'))
  expect(peer.sockets.size).toBe(0)
  write(room, 'words')
  window.dispatchEvent(new Event('offline'))
  await until(room, 'offline')
  peer.down = false
  window.dispatchEvent(new Event('online'))
  await until(room, 'saved')
  expect(peer.textOf(id)).toBe('words')
})

test('a server that restarts is not asked by all pages at once: each waits its own part of five seconds', async () => {
  const { peer, id, name } = meeting()
  const waits: number[] = []
  const live = page(someUser(), {
    clock: {
      now: () => Date.now(),
      after: (ms, run) => {
        waits.push(ms)
        const timer = setTimeout(run, Math.min(ms, 50))
        return () => clearTimeout(timer)
      },
      random: () => 0.5,
    },
  })
  live.holdDocument(id)
  await until(live.document(id), 'saved')
  waits.length = 0
  peer.closeChannel(name, 'server-restarting')
  peer.die(4503, 'server-restarting')
  await eventually(() => expect(waits).toContain(2_500))
  await until(live.document(id), 'saved')
})
