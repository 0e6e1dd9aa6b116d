import { mayEdit } from '@weft/shared/documents'
import { type DocumentId, type MentionId, must, type UserId } from '@weft/shared/kit'
import { fields } from '@weft/shared/text'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { namesMention } from '../src/sync/mentionsIn.ts'
import { type NotificationRoom, newId, patience } from './notificationRoom.ts'
import { channelOf } from './syncServer.ts'

/** An act of mentioning, of which there may be many copies. */
export interface Mention {
  mentionId: MentionId
  userId: UserId
}

const which = fc.nat(20)

/** What people do with mentions in a text; only `write` mentions anybody anew. */
export const textStep = (person: fc.Arbitrary<number>, place: fc.Arbitrary<number>) =>
  fc.record({
    act: fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('write' as const), other: person }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('copy' as const), from: place, which }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('paste' as const), which }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), which }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), which }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }) },
    ),
    at: which,
    person,
    place,
  })
type TextAct = ReturnType<typeof textStep> extends fc.Arbitrary<{ act: infer A }> ? A : never

export interface WrittenText {
  act: TextAct
  /** Where in the text, taken as a remainder. */
  at: number
  authorId: UserId
  documentId: DocumentId
  /** Of a copy: the document that it is taken from. */
  from: DocumentId | undefined
  /** Of a new mention: who is called. */
  other: UserId | undefined
}

/** A person's copy of a text, which outlives their sockets, with what they can undo. */
interface Copy {
  doc: Y.Doc
  undo: Y.UndoManager
}

/** People who write mentions into real texts, over real sockets. */
export class MentionWriters {
  readonly mentions: Mention[] = []
  readonly #room: NotificationRoom
  readonly #copies = new Map<string, Copy>()

  constructor(room: NotificationRoom) {
    this.#room = room
  }

  /** Resolves when it is on disk and was looked at, with what it mentioned anew; null: nothing, or it was not possible. */
  async write(step: WrittenText): Promise<Mention | null> {
    const { documents } = this.#room
    if (!mayEdit(await documents.roleOf(step.authorId, step.documentId))) return null
    const source = await this.#sourceOf(step)
    let fresh: Mention | null = null
    await this.#change(step, ({ doc, undo }) => {
      const act = step.act.kind
      if (act === 'undo' || act === 'redo') {
        undo[act]()
        return
      }
      doc.transact(() => {
        if (act === 'move' || act === 'remove') {
          const taken = pick(mentionsOf(doc), step)
          if (taken === undefined) return
          const { parent, index, mention } = taken
          parent.delete(index, 1)
          if (act === 'move') insert(doc, mention, step.at)
        } else if (act === 'write') {
          fresh = { mentionId: newId(), userId: must(step.other, 'who is mentioned') }
          this.mentions.push(fresh)
          insert(doc, fresh, step.at)
        } else if (source !== undefined) insert(doc, source, step.at)
      }, ownEdit)
    })
    return fresh
  }

  /** What is put in again: a mention from a text, or one that was cut out some time ago. */
  async #sourceOf(step: WrittenText): Promise<Mention | undefined> {
    if (step.act.kind === 'paste') return pick(this.mentions, step)
    if (step.act.kind !== 'copy' || step.from === undefined) return undefined
    if ((await this.#room.documents.roleOf(step.authorId, step.from)) === null) return undefined
    return pick(mentionsOf(await this.#room.server.stored(step.from)), step)?.mention
  }

  #copyOf({ authorId, documentId }: WrittenText): Copy {
    const key = `${authorId} ${documentId}`
    const known = this.#copies.get(key)
    if (known !== undefined) return known
    const doc = new Y.Doc()
    const undo = new Y.UndoManager(doc.getXmlFragment(fields.body), {
      trackedOrigins: new Set([ownEdit]),
      captureTimeout: 0,
    })
    this.#copies.set(key, { doc, undo })
    return { doc, undo }
  }

  /** One edit of one page, which is opened for it and closed again. */
  async #change(step: WrittenText, work: (copy: Copy) => void): Promise<void> {
    const { server } = this.#room
    const copy = this.#copyOf(step)
    const client = server.client()
    const address = channelOf(step.documentId)
    const stored = await client.join(address, server.token(step.authorId, 1_000 * 3_600_000))
    Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(stored))
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    copy.doc.on('update', collect)
    work(copy)
    copy.doc.off('update', collect)
    if (updates.length > 0) {
      client.update(address, Y.mergeUpdates(updates))
      await client.until('the acknowledgement', () => client.statuses.length > 1)
      expect(client.statuses).not.toContain(false)
    }
    await client.end()
    if (updates.some(namesMention)) await this.#found(step.documentId)
  }

  /** [NOTIFY-4] What may mention somebody is looked at by itself; then waits until those were told. */
  async #found(documentId: DocumentId): Promise<void> {
    const { storage } = this.#room.server
    const { head } = await storage.loadText(documentId)
    const counted = () =>
      storage.read.selectFrom('spell_positions').where('document_id', '=', documentId).select('seq').executeTakeFirst()
    await expect.poll(async () => (await counted())?.seq ?? 0, patience).toBeGreaterThanOrEqual(head)
    await this.#room.told()
  }
}

const ownEdit = 'own'

interface Found {
  parent: Y.XmlElement
  index: number
  mention: Mention
}

function mentionsOf(doc: Y.Doc): Found[] {
  const found: Found[] = []
  for (const parent of doc.getXmlFragment(fields.body).toArray()) {
    if (!(parent instanceof Y.XmlElement)) continue
    for (const [index, child] of parent.toArray().entries()) {
      if (!(child instanceof Y.XmlElement) || child.nodeName !== 'mention') continue
      const [mentionId, userId] = [child.getAttribute('mentionId'), child.getAttribute('userId')]
      found.push({ parent, index, mention: { mentionId: mentionId as MentionId, userId: userId as UserId } })
    }
  }
  return found
}

/** As the editor writes it: an element within a paragraph's text; in a paragraph that is there, or in one of its own. */
function insert(doc: Y.Doc, { mentionId, userId }: Mention, at: number): void {
  const element = new Y.XmlElement('mention')
  element.setAttribute('userId', userId)
  element.setAttribute('name', 'Somebody')
  element.setAttribute('mentionId', mentionId)
  const body = doc.getXmlFragment(fields.body)
  const place = at % (body.length + 1)
  const paragraph = place < body.length ? body.get(place) : null
  if (paragraph instanceof Y.XmlElement) paragraph.insert(at % (paragraph.length + 1), [element])
  else {
    const block = new Y.XmlElement('paragraph')
    block.insert(0, [new Y.XmlText('See '), element, new Y.XmlText(', please')])
    body.push([block])
  }
}

function pick<T>(from: readonly T[], { act }: WrittenText): T | undefined {
  return 'which' in act ? from[act.which % Math.max(1, from.length)] : undefined
}
