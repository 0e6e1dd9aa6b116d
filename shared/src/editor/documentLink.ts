import { mergeAttributes, Node } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { knownAttributes, type RawAttributes } from './attributes.ts'

/**
 * Another document in the text. It holds which one it is, and for those who cannot look it up the title at the time of
 * writing; what is shown is the title of today.
 */
export const DocumentLink = Node.create({
  name: 'documentLink',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes() {
    const attribute = (name: string, data: string) => ({
      default: null,
      parseHTML: (element: HTMLElement) => element.getAttribute(data),
      renderHTML: (attributes: RawAttributes) =>
        typeof attributes[name] === 'string' ? { [data]: attributes[name] } : {},
    })
    return {
      documentId: attribute('documentId', 'data-document'),
      workspaceId: attribute('workspaceId', 'data-workspace'),
      title: attribute('title', 'data-title'),
    }
  },
  // Before links: this is one too. What this schema would not know stays text.
  parseHTML: () => [
    {
      tag: 'a[data-document][data-workspace]',
      priority: 60,
      getAttrs: ({ dataset: { document, workspace, title } }) =>
        knownAttributes('documentLink', { documentId: document, workspaceId: workspace, title }) ? null : false,
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => [
    'a',
    mergeAttributes(HTMLAttributes, { class: 'weft-document-link', href: documentPath(node.attrs) }),
    documentLinkText(node.attrs),
  ],
  renderText: ({ node }) => documentLinkText(node.attrs),
  extendNodeSchema: ({ name }) =>
    name === 'documentLink' ? { leafText: (node: ProseMirrorNode) => documentLinkText(node.attrs) } : {},
})

/** How a document reads where there is only text. */
export const documentLinkText = ({ title }: RawAttributes): string =>
  typeof title === 'string' && title.trim() !== '' ? title.replace(/\s+/g, ' ').trim() : '?'

/** The address of a document's page on this installation. */
export const documentPath = ({ workspaceId, documentId }: RawAttributes): string =>
  `/w/${String(workspaceId)}/d/${String(documentId)}`

const path = /^\/w\/([A-Za-z0-9_-]{16,40})\/d\/([A-Za-z0-9_-]{16,40})$/

/** The document that such an address names; null for any other address. */
export function documentOfPath(address: string): { workspaceId: string; documentId: string } | null {
  const [, workspaceId, documentId] = path.exec(address) ?? []
  return workspaceId === undefined || documentId === undefined ? null : { workspaceId, documentId }
}
