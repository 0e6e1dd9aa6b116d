import { pictureTypeOf } from '@weft/shared/files'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPicture } from '../src/files/pictures/readPicture.ts'
import { avif, exif, gif, jpeg, jpegWith, png, pngChunk, secretPlace, webp } from './filePictures.ts'

const text = (bytes: Buffer): string => bytes.toString('latin1')

/** Each with a place where the format keeps such. */
const telling = {
  'image/jpeg': jpegWith(
    [0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])],
    [0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${secretPlace}`)],
    [0xed, Buffer.from(secretPlace)],
    [0xfe, Buffer.from(secretPlace)],
  ),
  'image/png': png(3, 2, 1, [
    pngChunk('eXIf', exif(1)),
    pngChunk('tEXt', Buffer.from(`Location\0${secretPlace}`)),
    pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${secretPlace}`)),
  ]),
  'image/webp': withChunks(webp, ['EXIF', exif(1)], ['XMP ', Buffer.from(secretPlace)]),
  'image/gif': Buffer.concat([
    gif.subarray(0, 19),
    Buffer.from([0x21, 0xfe, secretPlace.length]),
    Buffer.from(`${secretPlace}\0`),
    gif.subarray(19),
  ]),
  'image/avif': avif(),
}

function withChunks(from: Buffer, ...chunks: readonly (readonly [string, Buffer])[]): Buffer {
  const more = chunks.map(([type, data]) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  })
  const whole = Buffer.concat([from, ...more])
  whole.writeUInt32LE(whole.length - 8, 4)
  return whole
}

describe('what a picture tells beside what one sees is not kept', () => {
  test.for(Object.entries(telling))('%s', ([type, sent]) => {
    expect(text(sent)).toContain(secretPlace)
    const read = readPicture(sent)
    expect(read.type).toBe(type)
    expect(text(read.bytes)).not.toContain(secretPlace)
    // What is kept is a picture that says nothing more.
    expect(readPicture(read.bytes)).toEqual(read)
  })
})

test('what says how a picture looks stays: which way up, colours, the picture itself', () => {
  const profile = Buffer.from('ICC_PROFILE\0\x01\x01and its colours')
  const turned = readPicture(jpegWith([0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])], [0xe2, profile])).bytes
  expect(text(turned)).toContain('and its colours')
  const at = turned.indexOf('Exif\0\0')
  expect(turned.subarray(at + 6 + 18, at + 6 + 20)).toEqual(Buffer.from([0, 6]))
  expect(turned.subarray(-(jpeg.length - 20 + 2), -2)).toEqual(jpeg.subarray(20))

  const plain = png(40, 30, 7)
  expect(readPicture(plain).bytes).toEqual(plain)
  expect(readPicture(gif).bytes).toEqual(gif)
  expect(readPicture(webp).bytes).toEqual(webp)
  expect(text(readPicture(avif()).bytes)).toContain('the picture itself')
})

test('what stands behind the end of a picture is cut off', () => {
  const page = Buffer.from('<script>alert(1)</script>')
  for (const picture of [png(), gif, webp]) {
    expect(readPicture(Buffer.concat([picture, page])).bytes).toEqual(picture)
  }
  const whole = readPicture(jpeg).bytes
  expect(readPicture(Buffer.concat([whole, page])).bytes).toEqual(whole)
})

test.for([
  ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', /SVG/],
  ['a page that is called picture.png', '<!doctype html><script>alert(1)</script>', /PNG, JPEG/],
  ['nothing', '', /PNG, JPEG/],
  ['an MP4', '\0\0\0\x18ftypisom\0\0\0\0isommp42', /PNG, JPEG/],
] as const)('%s is no picture', ([, sent, why]) => {
  expect(() => readPicture(Buffer.from(sent, 'latin1'))).toThrow(why)
})

test('a cut or damaged picture is refused or read, and never more than that', () => {
  const kinds = Object.values(telling)
  fc.assert(
    fc.property(
      fc.nat(kinds.length - 1),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255))),
      fc.nat(500),
      (kind, hits, cut) => {
        const sent = Buffer.from(kinds[kind] ?? [])
        for (const [at, value] of hits) if (at < sent.length) sent[at] = value
        const damaged = sent.subarray(0, Math.max(0, sent.length - cut))
        try {
          const { type, bytes } = readPicture(damaged)
          expect(pictureTypeOf(bytes)).toBe(type)
          expect(bytes.length).toBeLessThanOrEqual(damaged.length + 40)
        } catch (error) {
          expect(error).toMatchObject({ id: 'invalid-input' })
        }
      },
    ),
    { numRuns: 3_000 },
  )
})
