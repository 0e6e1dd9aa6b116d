import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventReader, eventBytes, type ServerEvent } from './EventReader.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const write = ({ id, data }: ServerEvent) => `id: ${id}\ndata: ${data}\n\n`

const event = fc.record({ id: fc.nat(), data: fc.base64String({ maxLength: 40 }) })

test('events are read as they were sent, wherever the network cuts them, and heartbeats are none', () => {
  fc.assert(
    fc.property(fc.array(event), fc.array(fc.nat(400)), (events, cuts) => {
      const whole = bytesOf(events.map((each) => `:\n\n${write(each)}`).join(''))
      const reader = new EventReader()
      const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length]
      const read = at.slice(1).flatMap((end, index) => reader.push(whole.subarray(at[index], end)))
      expect(read).toEqual(events)
    }),
  )
})

test('an event that was cut off is none', () => {
  const text = write({ id: 3, data: 'AAAA' })
  for (let end = 0; end < text.length; end++) expect(new EventReader().push(bytesOf(text.slice(0, end)))).toEqual([])
})

test('what is not of the server ends the reading: a page of a proxy, say', () => {
  for (const text of ['<html>\n\n', 'id: x\ndata: \n\n', 'data: AAAA\n\n', 'id: 1\n\n']) {
    expect(() => new EventReader().push(bytesOf(text))).toThrow('not an event')
  }
  expect(() => eventBytes('<html>')).toThrow()
  expect(eventBytes('AAEC')).toEqual(Uint8Array.of(0, 1, 2))
})
