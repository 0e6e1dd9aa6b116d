export {
  type CalloutKind,
  calloutKinds,
  isCalloutKind,
  knownAttributes,
  latexLimit,
  type RawAttributes,
} from './attributes.ts'
export { Callout } from './callout.ts'
export { Details } from './details.ts'
export { DocumentLink, documentLinkText, documentPath } from './documentLink.ts'
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
export { latexOf, MathBlock, MathInline } from './math.ts'
export { Mention, mentionText } from './mention.ts'
export { nestingLimit, readBody } from './readBody.ts'
export { safeHref } from './safeHref.ts'
