/** In characters: some 10,000 words. Written again in one go, which takes the writer some milliseconds. */
export const partLength = 60_000
/** Where a line ends this near to the end of a part, the part ends there. */
const slack = 5_000

/** A body in parts that are indexed on their own; at least one, which may be empty. */
export function partsOf(body: string): string[] {
  const parts: string[] = []
  let from = 0
  while (body.length - from > partLength) {
    const line = body.lastIndexOf('\n', from + partLength)
    const end = line > from + partLength - slack ? line + 1 : wholeCharacter(body, from + partLength)
    parts.push(body.slice(from, end))
    from = end
  }
  parts.push(body.slice(from))
  return parts
}

/** Not between the halves of a pair. */
const wholeCharacter = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at)
