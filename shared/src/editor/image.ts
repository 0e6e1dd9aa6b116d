import { Node } from '@tiptap/core'
import { fileAddress, readFileAddress } from '../files/index.ts'
import { FileId } from '../kit/index.ts'
import { knownAttributes } from './attributes.ts'
import { safeHref } from './safeHref.ts'

/** What stands in a text of a picture; see `readers` for what may be in it. */
export interface PictureAttributes {
  /** A picture that the server keeps; the text names it only, whether it has arrived or not. */
  fileId: string | null
  /** Or else one from elsewhere, by its address. */
  src: string | null
  /** For those who do not see it; null: nobody has said yet. */
  alt: string | null
  caption: string | null
  /** Its own size in pixels, so that its place is kept while it loads. */
  width: number | null
  height: number | null
  /** How much of the text's width it takes, in percent; null: as wide as it is. */
  size: number | null
  /** Null: in the middle. */
  align: 'left' | 'right' | null
}

const nothing: PictureAttributes = {
  fileId: null,
  src: null,
  alt: null,
  caption: null,
  width: null,
  height: null,
  size: null,
  align: null,
}

/** The address by which a text outside of this application names a picture; null: it names none. */
export function pictureAddress({ fileId, src, width, height }: PictureAttributes): string | null {
  const { data } = FileId.safeParse(fileId)
  return data === undefined ? src : fileAddress({ fileId: data, width, height })
}

/** A picture by its address; null: it cannot be shown. */
export function pictureAt(
  address: string | null,
): Pick<PictureAttributes, 'fileId' | 'src' | 'width' | 'height'> | null {
  const known = address === null ? null : readFileAddress(address)
  if (known !== null) return { src: null, ...known }
  const src = safeHref(address)
  return src !== null && /^https?:\/\//i.test(src) ? { ...nothing, src } : null
}

const numberIn = (text: string | null, most: number): number | null => {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 && number <= most ? number : null
}

function attributesOf(element: HTMLElement): PictureAttributes | false {
  const found = pictureAt(element.getAttribute('src'))
  if (found === null) return false
  const align = element.dataset.align
  const read: PictureAttributes = {
    ...found,
    alt: element.getAttribute('alt')?.trim().slice(0, 2_000) || null,
    caption: element.dataset.caption?.slice(0, 1_000) || null,
    width: found.width ?? numberIn(element.getAttribute('width'), 100_000),
    height: found.height ?? numberIn(element.getAttribute('height'), 100_000),
    size: numberIn(element.dataset.size ?? null, 100),
    align: align === 'left' || align === 'right' ? align : null,
  }
  return knownAttributes('image', { ...read }) && read
}

/** A picture between the blocks of a text. */
export const Image = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () =>
    Object.fromEntries(Object.entries(nothing).map(([name, value]) => [name, { default: value, rendered: false }])),
  parseHTML: () => [{ tag: 'img[src]', getAttrs: attributesOf }],
  renderHTML: ({ node }) => {
    const attrs = node.attrs as PictureAttributes
    const shown: Record<string, string | number | null> = {
      src: pictureAddress(attrs),
      alt: attrs.alt ?? '',
      width: attrs.width,
      height: attrs.height,
      'data-caption': attrs.caption,
      'data-size': attrs.size,
      'data-align': attrs.align,
    }
    return ['img', Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null))]
  },
  renderText: ({ node }) => String(node.attrs.alt ?? ''),
})
