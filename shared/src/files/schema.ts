import { z } from 'zod'
import { FileId } from '../kit/index.ts'
import { PictureType } from './pictureTypes.ts'

/** In characters, as file systems have it. */
export const fileNameLimit = 255

/** A picture that the server keeps. */
export const StoredFile = z.object({
  id: FileId,
  type: PictureType.describe('By its content, whatever its name says.'),
  bytes: z.number().int().describe('Without what cameras write into it beside the picture.'),
  name: z.string(),
})
export type StoredFile = z.infer<typeof StoredFile>

/** Longer ones are not typed or copied by people, and some servers refuse them. */
const addressLimit = 2_048

/** A page or picture elsewhere that the server is asked to look at. */
export const WebAddress = z
  .string()
  .max(addressLimit)
  .refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), 'not a web address')

/** What a page elsewhere says of itself. Its words are anybody's. */
export const LinkPreview = z.object({
  title: z.string(),
  description: z.string().nullable(),
  site: z.string().describe('Its name, or its host.'),
  picture: z.string().nullable().describe('An address elsewhere: ask this server for it, never that one.'),
})
export type LinkPreview = z.infer<typeof LinkPreview>
