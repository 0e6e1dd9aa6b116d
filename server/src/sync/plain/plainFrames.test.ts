import { type CloseReason, closeReasons, isCloseReason } from '@weft/shared/sync'
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { bodies } from '../frames.ts'
import { Heard, plainCode, readOutgoing, stillHere } from './plainFrames.ts'

const reasons = Object.keys(closeReasons).filter(isCloseReason)

/** An awareness frame as clients and the server make it. */
const frameOf = (states: readonly { id: number; state: unknown }[]): Uint8Array =>
  encoding.encode((to) => {
    encoding.writeVarUint(to, 1)
    const inner = encoding.encode((into) => {
      encoding.writeVarUint(into, states.length)
      for (const { id, state } of states) {
        encoding.writeVarUint(into, id)
        encoding.writeVarUint(into, 7)
        encoding.writeVarString(into, JSON.stringify(state))
      }
    })
    encoding.writeVarUint8Array(to, inner)
  })

test('a plain provider comes back by itself where ours does, and after no other close', () => {
  for (const reason of reasons) {
    const { client } = closeReasons[reason]
    const code = plainCode(reason)
    // What y-websocket takes for the last word.
    expect([reason, code >= 4400 && code < 4500]).toEqual([reason, client !== 'rejoin' && client !== 'spread'])
  }
  expect(new Set(reasons.map(plainCode)).size).toBe(reasons.length)
})

test('what a plain client does not know becomes nothing, or a close with its reason', () => {
  const close = (reason: CloseReason) => ({ do: 'close', reason })
  expect(readOutgoing(bodies.authenticated(true))).toEqual({ do: 'drop' })
  expect(readOutgoing(bodies.tokenRequest)).toEqual({ do: 'drop' })
  expect(readOutgoing(bodies.word({ type: 'access', mayWrite: true }))).toEqual({ do: 'drop' })
  expect(readOutgoing(bodies.syncStatus.true)).toEqual({ do: 'drop' })
  expect(readOutgoing(bodies.syncStatus.false)).toEqual({ do: 'refuse' })
  for (const reason of reasons) {
    expect(readOutgoing(bodies.denied(reason))).toEqual(close(reason))
    expect(readOutgoing(bodies.close(reason))).toEqual(close(reason))
  }
})

test('[IDENT-1] of an echo of others nothing is left; of one’s own nothing is lost', () => {
  const state = fc.record({ id: fc.nat({ max: 2 ** 32 - 1 }), state: fc.option(fc.object({ maxDepth: 1 })) })
  fc.assert(
    fc.property(fc.array(state, { maxLength: 6 }), fc.array(state, { maxLength: 6 }), (others, own) => {
      const heard = new Heard()
      heard.note(frameOf(others))
      const here = new Set<number>()
      for (const { id, state: said } of others) said === null ? here.delete(id) : here.add(id)
      const left = own.filter(({ id }) => !here.has(id))
      const got = heard.withoutEcho(frameOf([...own, ...others.filter(({ id }) => here.has(id))]))
      const isEmpty = left.length === 0 && (own.length > 0 || here.size > 0)
      expect(got).toEqual(isEmpty ? null : frameOf(left))
    }),
  )
})

test('[LIMIT-1] whatever comes, nothing throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      new Heard().note(bytes)
      // Of those who have heard of nobody, nothing is taken away.
      expect(new Heard().withoutEcho(bytes)).toBe(bytes)
    }),
  )
  expect(readOutgoing(stillHere)).toEqual({ do: 'send', sync: null })
})
