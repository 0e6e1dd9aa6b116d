import { type Extensions, getSchema, InputRule, Node } from '@tiptap/core'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list'
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table'
import StarterKit from '@tiptap/starter-kit'
import { Callout } from './callout.ts'
import { Details, DetailsSummary } from './details.ts'
import { DocumentLink } from './documentLink.ts'
import { Image } from './image.ts'
import { MathBlock, MathInline } from './math.ts'
import { Mention } from './mention.ts'
import { safeHref } from './safeHref.ts'

/**
 * Raised with every change of the nodes, marks and attributes that a document may hold; a client meeting what it does
 * not know refuses to edit instead of deleting it.
 */
export const schemaVersion = 3

/**
 * Keeps only the address and its title in the text; how a link opens is decided where it is shown. An address that may
 * not be opened is rendered without `href`, however it came into the document.
 */
export const SafeLink = Link.extend({
  addAttributes() {
    return {
      href: { default: null, parseHTML: (element: HTMLElement) => safeHref(element.getAttribute('href')) },
      title: { default: null },
    }
  },
  renderHTML({ mark }) {
    const href = safeHref(mark.attrs.href)
    const title = typeof mark.attrs.title === 'string' ? { title: mark.attrs.title } : {}
    return ['a', href === null ? title : { href, rel: 'noopener noreferrer nofollow', target: '_blank', ...title }, 0]
  },
}).configure({
  openOnClick: false,
  autolink: true,
  linkOnPaste: true,
  defaultProtocol: 'https',
  isAllowedUri: (href) => safeHref(href) !== null,
})

/** READMEs are full of linked code, which the library's mark forbids. */
const CombinableCode = Code.extend({ excludes: 'code' })

/** Blocks that are made by concurrent edits may begin with any block; those that people make begin with a paragraph. */
const itemContent = 'block+'

/** `- ` at the start of an item is text: a list that is an item's first block would show two bullets on one line. */
function outsideOfItems(rules: readonly InputRule[]): InputRule[] {
  return rules.map(
    (rule) =>
      new InputRule({
        find: rule.find,
        undoable: rule.undoable,
        handler(props) {
          const { $from } = props.state.selection
          const parent = $from.node(-1)
          const inItem = parent?.type.name === 'listItem' || parent?.type.name === 'taskItem'
          return inItem && $from.index(-1) === 0 ? null : rule.handler(props)
        },
      }),
  )
}

const Bullets = BulletList.extend({
  addInputRules() {
    return outsideOfItems(this.parent?.() ?? [])
  },
})
const Numbers = OrderedList.extend({
  addInputRules() {
    return outsideOfItems(this.parent?.() ?? [])
  },
})
const Tasks = TaskItem.extend({
  content: itemContent,
  addInputRules() {
    return outsideOfItems(this.parent?.() ?? [])
  },
})

/**
 * The nodes and marks of a body, without views: the client replaces `codeBlock` and `taskItem` by ones with views of
 * the same schema. No `trailingNode`: it would write into documents that were only opened.
 */
export const editorExtensions: Extensions = [
  StarterKit.configure({
    undoRedo: false,
    trailingNode: false,
    code: false,
    codeBlock: false,
    link: false,
    bulletList: false,
    orderedList: false,
    listItem: false,
  }),
  Bullets,
  Numbers,
  ListItem.extend({ content: itemContent }),
  CombinableCode,
  SafeLink,
  CodeBlock.configure({ enableTabIndentation: true, tabSize: 2 }),
  TaskList,
  Tasks.configure({ nested: true }),
  Table.configure({ resizable: false }),
  Image,
  TableRow,
  TableHeader,
  TableCell,
  Mention,
  Callout,
  Details,
  DetailsSummary,
  DocumentLink,
  MathInline,
  MathBlock,
]

const TitleDocument = Node.create({ name: 'doc', topNode: true, content: 'title' })
const TitleText = Node.create({ name: 'text' })

/** The one line of the title's own fragment. */
export const Title = Node.create({
  name: 'title',
  content: 'text*',
  marks: '',
  defining: true,
  parseHTML: () => [{ tag: 'h1' }],
  // The field is a text box, which says what it is: an empty heading in it would say nothing.
  renderHTML: () => ['h1', { class: 'weft-title', role: 'presentation' }, 0],
})

export const titleExtensions: Extensions = [TitleDocument, Title, TitleText]

export const bodySchema = getSchema(editorExtensions)
export const titleSchema = getSchema(titleExtensions)
