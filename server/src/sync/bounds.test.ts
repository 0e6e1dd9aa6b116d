import { UserId } from '@weft/shared/kit'
import { describe, expect, it } from 'vitest'
import { RateLimit } from './rateLimit.ts'
import { TokenLease } from './tokenLease.ts'
import { webSocketFrame } from './webSocketFrame.ts'

describe('[LIMIT-1] RateLimit', () => {
  it('lets a burst through, then its rate, and survives a clock that is set back', () => {
    const limit = new RateLimit(10, 30, 0)
    expect(Array.from({ length: 31 }, () => limit.take(1, 0)).filter(Boolean)).toHaveLength(30)
    expect(limit.take(1, 50)).toBe(false)
    expect(limit.take(1, 100)).toBe(true)
    expect(limit.take(1, -3_600_000)).toBe(false)
    expect(limit.take(5, -3_600_000 + 500)).toBe(true)
    expect(limit.take(31, 1e12)).toBe(false)
  })
})

describe('[ACCESS-4] TokenLease', () => {
  const [alice, bob] = [UserId.parse('alice'.repeat(4)), UserId.parse('bobbb'.repeat(4))]
  it('is of one person, asks ahead and at the end, and ends after the grace', () => {
    const lease = new TokenLease()
    expect(lease.take({ userId: alice, expiresAt: 600_000 })).toBe(true)
    expect(lease.take({ userId: bob, expiresAt: 900_000 })).toBe(false)
    expect(lease.userId).toBe(alice)
    expect(lease.due(500_000)).toBeNull()
    expect(lease.due(541_000)).toBe('ask')
    expect(lease.due(542_000)).toBeNull()
    expect(lease.due(601_000)).toBe('ask')
    expect(lease.due(602_000)).toBeNull()
    expect(lease.take({ userId: alice, expiresAt: 1_200_000 })).toBe(true)
    expect(lease.due(661_000)).toBeNull()
    expect(lease.due(1_260_001)).toBe('close')
  })

  it('is not shortened by an older token', () => {
    const lease = new TokenLease()
    lease.take({ userId: alice, expiresAt: 600_000 })
    lease.take({ userId: alice, expiresAt: 100_000 })
    expect(lease.due(300_000)).toBeNull()
  })
})

describe('webSocketFrame', () => {
  it.each([
    [10, 2],
    [125, 2],
    [126, 4],
    [65_535, 4],
    [65_536, 10],
  ])('%i bytes have a header of %i', (length, header) => {
    const frame = webSocketFrame(new Uint8Array(3).fill(1), new Uint8Array(length - 3).fill(2))
    expect(frame.length).toBe(header + length)
    expect(frame[0]).toBe(0x82)
    expect([...frame.subarray(header, header + 4)]).toEqual([1, 1, 1, 2])
    const said = header === 2 ? frame[1] : header === 4 ? frame.readUInt16BE(2) : Number(frame.readBigUInt64BE(2))
    expect(said).toBe(length)
  })
})
