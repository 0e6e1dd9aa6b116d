import { randomId, WeftError } from '@weft/shared/kit'
import { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import { type RawRoute, rawRoute } from '../kit/http/rawRoutes.ts'
import type { Reader, Writer } from '../storage/port.ts'
import { readPicture } from './pictureData.ts'

const PictureId = z.string().regex(/^[A-Za-z0-9]{21}$/, 'not a picture')
const beginning = '/api/v1/pictures/'

/** The id in the address of one of our own pictures; null: it lies elsewhere. */
function pictureIdIn(address: string | null): string | null {
  if (!address?.startsWith(beginning)) return null
  return PictureId.safeParse(address.slice(beginning.length)).data ?? null
}

/**
 * Stores a picture in place of the one that lies at `before`, and resolves to its address. Each gets an address of its
 * own, which nobody can guess: so it may be kept by browsers for ever, and is read by whoever was told it.
 */
export async function replacePicture(
  tx: Writer,
  clock: Clock,
  before: string | null,
  data: string | null,
): Promise<string | null> {
  const old = pictureIdIn(before)
  if (old !== null) await tx.deleteFrom('pictures').where('id', '=', old).execute()
  if (data === null) return null
  const { type, bytes } = readPicture(data)
  const id = randomId()
  await tx.insertInto('pictures').values({ id, type, data: bytes, created_at: clock.now() }).execute()
  return beginning + id
}

/** Half a year, in seconds. Another picture has another address. */
const keptFor = 15_552_000

/** Pictures of people and workspaces, for those who are signed in. */
export const pictureFiles = (read: Reader): RawRoute[] => [
  rawRoute({
    path: '/pictures/{pictureId}',
    summary: 'The picture of a person or a workspace',
    tags: ['auth'],
    answers: ['image/webp', 'image/png'],
    input: z.object({ pictureId: PictureId }),
    async handle({ pictureId }, { response }) {
      const row = await read.selectFrom('pictures').where('id', '=', pictureId).selectAll().executeTakeFirst()
      if (row === undefined) throw new WeftError('not-found', 'There is no such picture.')
      response
        .writeHead(200, {
          'content-type': row.type,
          'content-length': row.data.byteLength,
          'cache-control': `private, max-age=${keptFor}, immutable`,
          // Opened by itself it is a picture and nothing else.
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
          'content-disposition': 'inline',
        })
        .end(row.data)
    },
  }),
]
