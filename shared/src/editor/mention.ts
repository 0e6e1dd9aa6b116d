import { mergeAttributes, Node } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { knownAttributes } from './attributes.ts'

/**
 * A person in the text. It holds who it is, and for those who cannot look the person up the name at the time of
 * writing; what is shown is the name of today. `mentionId` is the one act of mentioning: a copy, an undone deletion and
 * an import have the same or none, so that nobody is told twice [NOTIFY-4].
 */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes() {
    const attribute = (name: string, data: string) => ({
      default: null,
      parseHTML: (element: HTMLElement) => element.getAttribute(data),
      renderHTML: (attributes: Record<string, unknown>) =>
        typeof attributes[name] === 'string' ? { [data]: attributes[name] } : {},
    })
    return {
      userId: attribute('userId', 'data-user'),
      name: attribute('name', 'data-name'),
      mentionId: attribute('mentionId', 'data-mention'),
    }
  },
  // Any page that one copies from may hold such a thing; what this schema would not know stays text.
  parseHTML: () => [
    {
      tag: 'span[data-mention][data-user]',
      getAttrs: ({ dataset: { user, name, mention } }) =>
        knownAttributes('mention', { userId: user, name, mentionId: mention }) ? null : false,
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'weft-mention' }),
    mentionText(node.attrs),
  ],
  renderText: ({ node }) => mentionText(node.attrs),
  // What reads the text of a block, such as the name of a task's box, reads the mention too.
  extendNodeSchema: ({ name }) =>
    name === 'mention' ? { leafText: (node: ProseMirrorNode) => mentionText(node.attrs) } : {},
})

/** How a mention reads where there is only text. */
export const mentionText = (attributes: { readonly [name: string]: unknown }): string =>
  `@${typeof attributes.name === 'string' && attributes.name !== '' ? attributes.name : '?'}`
