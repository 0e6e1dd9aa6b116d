import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { fileNameLimit, PictureType, WebAddress } from '@weft/shared/files'
import { DocumentId, FileId, WeftError } from '@weft/shared/kit'
import { z } from 'zod'
import { type RawRoute, rawRoute } from '../kit/http/index.ts'
import { readBytes } from '../kit/http/jsonBody.ts'
import { noFile } from './policy.ts'
import type { Files } from './service.ts'
import type { FileRow } from './store.ts'

const tags = ['files']
const types = [...PictureType.options]

/** A picture does not change under its id; another person in the same browser has another cookie. */
const kept = 'private, max-age=31536000, immutable'
/** A picture elsewhere may change; its address is asked for again after a day. */
const keptForADay = 'private, max-age=86400'

const extensionOf = (type: PictureType): string => type.replace('image/', '').replace('jpeg', 'jpg')

/** RFC 6266: a plain name for all, and the real one for those who can read it. */
function disposition(type: PictureType, name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `inline; filename="picture.${extensionOf(type)}"; filename*=UTF-8''${encoded}`
}

/** So that whatever somebody has put into a picture is nothing but a picture, also when it is opened by itself. */
export function sayPicture(response: ServerResponse, type: PictureType, name: string): void {
  response.setHeader('content-type', type)
  response.setHeader('content-disposition', disposition(type, name))
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  response.setHeader('vary', 'cookie')
}

/**
 * Sends what a file holds; how long it may be kept is set by whoever lets the reader have it. Throws `not-found` where it
 * is missing on disk.
 */
export async function sendFile(
  { read }: Pick<Files, 'read'>,
  file: FileRow,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const etag = `"${file.hash}"`
  response.setHeader('etag', etag)
  sayPicture(response, file.type, file.name)
  if (request.headers['if-none-match'] === etag) {
    response.statusCode = 304
    response.end()
    return
  }
  const content = await read(file)
  if (content === null) {
    response.removeHeader('etag')
    response.setHeader('cache-control', 'no-store')
    throw noFile()
  }
  response.setHeader('content-length', file.bytes)
  // Whoever goes away while it is sent is no error.
  await pipeline(content, response).catch(() => response.destroy())
}

/** What of files is no JSON object: pictures up, down, and from elsewhere. */
export const pictureRoutes = (service: Files): RawRoute[] => [
  rawRoute({
    method: 'PUT',
    path: '/documents/{documentId}/files/{fileId}',
    summary: 'Keep a picture in a document, under an id of one’s own making; the body is the picture itself',
    tags,
    takes: types,
    answers: ['application/json'],
    input: z.object({
      documentId: DocumentId,
      fileId: FileId,
      name: z.string().max(fileNameLimit).default('').describe('As it was called where it comes from.'),
    }),
    async handle(input, { request, response, account }) {
      const bytes = Number(request.headers['content-length'] ?? 0)
      await service.receive(account.id, { documentId: input.documentId, bytes }, async () => {
        // Whoever has gone in the meantime says so no second time.
        if (request.destroyed) return
        const sent = await readBytes(request, response, service.fileBytes)
        const file = await service.add(account.id, input, sent)
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(file))
      })
    },
  }),
  rawRoute({
    path: '/files/{fileId}',
    summary: 'A picture, for whoever may see a document that shows it',
    tags,
    answers: types,
    input: z.object({ fileId: FileId }),
    async handle({ fileId }, { request, response, account }) {
      const file = await service.find(account.id, fileId)
      response.setHeader('cache-control', kept)
      await sendFile(service, file, request, response)
    },
  }),
  rawRoute({
    path: '/picture',
    summary: 'A picture from elsewhere, fetched by this server so that its readers are not seen there',
    tags,
    answers: types,
    input: z.object({ address: WebAddress }),
    async handle({ address }, { response, account }) {
      const picture = await service.previews.picture(account.id, address)
      if (picture === null) throw new WeftError('not-found', 'There is no picture that can be shown.')
      response.setHeader('cache-control', keptForADay)
      sayPicture(response, picture.type, '')
      response.end(picture.bytes)
    },
  }),
]
