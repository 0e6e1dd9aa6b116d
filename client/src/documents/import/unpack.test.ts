import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { unpack, unpackLimits } from './unpack.ts'

const zip = (files: Record<string, string>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))))
const never = new AbortController().signal
const look = async (archive: Uint8Array<ArrayBuffer>, limits = {}) => {
  const unpacked = await unpack(archive, never, { ...unpackLimits, ...limits })
  return unpacked && { paths: [...unpacked.files.keys()].toSorted(), leftOut: unpacked.leftOut }
}

test('Markdown and pictures are unpacked; what leads out of the archive, and other kinds, are named', async () => {
  const archive = zip({
    'a.md': 'x',
    'b/c.md': 'x',
    'b/p.png': 'x',
    '../out.md': 'x',
    '/root.md': 'x',
    'run.exe': 'x',
    '__MACOSX/a.md': 'x',
    '.hidden.md': 'x',
  })
  expect(await look(archive)).toEqual({
    paths: ['a.md', 'b/c.md', 'b/p.png'],
    leftOut: [
      { path: '../out.md', why: 'unsafe-path' },
      { path: '/root.md', why: 'unsafe-path' },
      { path: 'run.exe', why: 'other-kind' },
    ],
  })
})

test('[LIMIT-1] what would be too much once unpacked is not unpacked', async () => {
  const bomb = zip({ 'a.md': 'x', 'bomb.md': 'x'.repeat(1 << 20), 'c.md': 'x' })
  expect(bomb.length).toBeLessThan(5_000)
  expect(await look(bomb, { unpacked: 1_000 })).toEqual({
    paths: ['a.md', 'c.md'],
    leftOut: [{ path: 'bomb.md', why: 'too-large' }],
  })
  expect(await look(bomb, { files: 1 })).toMatchObject({ paths: ['a.md'] })
  expect(await look(bomb, { archive: 10 })).toEqual({ paths: [], leftOut: [{ path: '', why: 'too-large' }] })
})

test('[LIMIT-1] an archive that lies about a size gets no more than it said', async () => {
  const archive = zip({ 'a.md': 'x'.repeat(100_000) })
  const view = new DataView(archive.buffer)
  // In both places where it stands: before the file, and in the list at the end.
  for (let at = 0; at + 30 < archive.length; at++) {
    const signature = view.getUint32(at, true)
    if (signature === 0x04034b50) view.setUint32(at + 22, 10, true)
    if (signature === 0x02014b50) view.setUint32(at + 24, 10, true)
  }
  const unpacked = await unpack(archive, never)
  expect(unpacked?.files.get('a.md')?.length ?? 0).toBeLessThanOrEqual(10)
})

test('what is no archive, and one with a damaged file', async () => {
  expect(await look(new Uint8Array([1, 2, 3]))).toBeNull()
  const archive = zip({ 'a.md': 'some text that is long enough to be packed, packed, packed, packed', 'b.md': 'x' })
  // The first byte behind the name says how what follows is packed: in a way that there is not.
  archive.fill(0xff, 34, 40)
  expect(await look(archive)).toMatchObject({ leftOut: [{ path: 'a.md', why: 'damaged' }], paths: ['b.md'] })
})

test('an import that is given up unpacks no more', async () => {
  const ended = new AbortController()
  ended.abort()
  expect((await unpack(zip({ 'a.md': 'x' }), ended.signal))?.files.size).toBe(0)
})
