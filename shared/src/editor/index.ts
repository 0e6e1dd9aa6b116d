export { knownAttributes, type RawAttributes } from './attributes.ts'
export {
  bodySchema,
  editorExtensions,
  SafeLink,
  schemaVersion,
  Title,
  titleExtensions,
  titleSchema,
} from './extensions.ts'
export { Image, type PictureAttributes, pictureAt } from './image.ts'
export { applyMarkdown, plainTextOf, toMarkdown } from './markdown.ts'
export type { MarkdownAddresses } from './markdownInline.ts'
export { parseMarkdown } from './markdownParser.ts'
export { markdownOf } from './markdownSerializer.ts'
export { Mention, mentionText } from './mention.ts'
export { nestingLimit, readBody } from './readBody.ts'
export { safeHref } from './safeHref.ts'
