import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRecords, encodeRecords, type LaneRecord } from './fallback.ts'

const lane = fc.integer({ min: 1, max: 2 ** 31 })
const data = fc.uint8Array({ maxLength: 300 })
const record: fc.Arbitrary<LaneRecord> = fc.oneof(
  fc.record({ lane, type: fc.constantFrom('open', 'ping', 'pong') }),
  fc.record({ lane, type: fc.constantFrom('frame', 'part'), data }),
  fc.record({ lane, type: fc.constant('close'), code: fc.integer({ min: 1_000, max: 4_999 }), reason: fc.string() }),
)

test('a batch is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(decodeRecords(encodeRecords(records))).toEqual(records)
    }),
  )
})

test('[LIMIT-1] bytes that are no batch are none, and never an error', () => {
  const whole = encodeRecords([{ lane: 1, type: 'frame', data: new Uint8Array(40) }])
  expect(decodeRecords(whole.subarray(0, whole.length - 1))).toBeNull()
  expect(decodeRecords(Uint8Array.of(1, 9))).toBeNull()
  fc.assert(
    fc.property(data, (bytes) => {
      const read = decodeRecords(bytes)
      // Whatever is read has a lane and a known type.
      for (const { lane, type } of read ?? []) expect([typeof lane, type.length > 0]).toEqual(['number', true])
    }),
  )
})
