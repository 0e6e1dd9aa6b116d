import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '@weft/shared/kit'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Histogram } from '../bench/histogram.ts'
import { runLoad } from '../bench/load.ts'
import { startPlain } from '../bench/plainTarget.ts'
import { scenarios } from '../bench/scenarios.ts'
import { clockRanges, openParagraph, typeCharacter } from '../bench/updates.ts'
import { startWeft } from '../bench/weftTarget.ts'

const empty = Uint8Array.of(0, 0)

test('the load generator types the very bytes that Yjs emits', () => {
  const client = 4_000_000_123
  const { update, next } = openParagraph(empty, client)
  const editor = new Y.Doc()
  Y.applyUpdate(editor, update)
  editor.clientID = client
  const emitted: Uint8Array[] = []
  editor.on('update', (bytes: Uint8Array) => emitted.push(bytes))
  const paragraph = editor.getXmlFragment('body').get(0)
  const line = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(line instanceof Y.XmlText)) throw new Error('the paragraph holds no text')
  for (const character of 'abc') line.insert(line.length, character)
  expect('abc'.split('').map((character, at) => typeCharacter(client, next + at, character))).toEqual(emitted)
  expect(line.toString()).toBe('.abc')
})

test('the load generator reads clock ranges as Yjs does, merged updates and rare content included', () => {
  const text = new Y.Doc()
  const updates: Uint8Array[] = []
  text.on('update', (bytes: Uint8Array) => updates.push(bytes))
  const body = text.getXmlFragment('body')
  const heading = new Y.XmlElement('heading')
  const line = new Y.XmlText()
  body.insert(0, [heading])
  heading.setAttribute('level', '2')
  heading.insert(0, [line])
  line.insert(0, 'warp and weft')
  line.format(0, 4, { bold: true })
  line.insertEmbed(3, { image: 'loom' })
  line.delete(5, 3)
  text.getMap('rare').set('any', [1, 'two', { three: 3 }])
  text.getMap('rare').set('bytes', Uint8Array.of(1, 2, 3))
  text.getMap('rare').set('nested', new Y.Map())
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(text))
  other.getXmlFragment('body').insert(1, [new Y.XmlElement('paragraph')])
  updates.push(Y.encodeStateAsUpdate(other), Y.mergeUpdates(updates.slice(2)))
  for (const update of updates) {
    const structs = Y.decodeUpdate(update).structs.filter((struct) => !(struct instanceof Y.Skip))
    const clocks = (ranges: { client: number; from: number; to: number }[]) =>
      ranges.flatMap(({ client, from, to }) => Array.from({ length: to - from }, (_, at) => `${client}/${from + at}`))
    expect(clocks(clockRanges(update))).toEqual(
      clocks(structs.map(({ id, length }) => ({ client: id.client, from: id.clock, to: id.clock + length }))),
    )
  }
})

test('a histogram gives percentiles to a hundredth of a millisecond', () => {
  const histogram = new Histogram()
  for (let hundredth = 1; hundredth <= 1000; hundredth++) histogram.record(hundredth / 100)
  expect(histogram.percentile(0.5)).toBeCloseTo(5)
  expect(histogram.percentile(0.99)).toBeCloseTo(9.9)
  expect(histogram.max).toBe(10)
})

test('every edit of a load reaches every reader of a plain Hocuspocus and is counted once', async () => {
  const scenario = { ...must(scenarios.room, 'room'), documents: 3, clients: 4, writers: 2, seconds: 0.5, warmUp: 0.1 }
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-test-'))
  const target = await startPlain({ documents: scenario.documents, workspaces: 1, folder, nodeFlags: [] })
  try {
    const { measurement, missing, unacknowledged } = await runLoad(scenario, target, 1)
    expect(measurement.edits).toBeGreaterThan(0)
    expect(measurement.deliveries).toBe(measurement.edits * 3)
    expect(measurement.acknowledgement.count).toBe(measurement.edits)
    expect({ missing, unacknowledged, gaps: measurement.gaps, refused: measurement.refused }).toEqual({
      missing: 0,
      unacknowledged: 0,
      gaps: 0,
      refused: 0,
    })
    expect(measurement.failures).toEqual([])
  } finally {
    await target.dispose()
  }
})

test('pages with presence and carets meet in Weft, and all come back to one that was killed', async () => {
  const scenario = {
    ...must(scenarios.kill, 'kill'),
    ...{ documents: 2, workspaces: 1, clients: 3, writers: 1, rate: 10, moves: 10, seconds: 1 },
  }
  const folder = mkdtempSync(join(tmpdir(), 'weft-bench-test-'))
  const target = await startWeft({ documents: scenario.documents, workspaces: 1, folder, nodeFlags: [] })
  try {
    const { measurement, missing, restart } = await runLoad(scenario, target, 1)
    expect(measurement.deliveries).toBe(measurement.edits * 2)
    expect(missing).toBe(0)
    expect(measurement.movesSeen).toBeGreaterThan(0)
    expect(measurement.movesSeen).toBeLessThanOrEqual(measurement.moves * 2)
    expect(restart?.synced).toBeLessThan(Number.POSITIVE_INFINITY)
    expect(measurement.failures).toEqual([])
  } finally {
    await target.dispose()
  }
})
