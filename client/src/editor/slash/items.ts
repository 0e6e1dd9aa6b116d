import type { ChainedCommands } from '@tiptap/core'
import {
  ChevronRight,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Image,
  Info,
  List,
  ListOrdered,
  ListTodo,
  type LucideIcon,
  Minus,
  Pilcrow,
  Sigma,
  Table,
  TextQuote,
} from 'lucide-react'

/** A kind of block that the slash menu inserts and "turn into" offers. */
export interface BlockChoice {
  /** Its name in the catalogue, below `block`. */
  id: string
  icon: LucideIcon
  /** What people write in Markdown, shown as a hint. */
  hint: string
  /** Matched beside the translated name. */
  keywords: string
  apply(chain: ChainedCommands): ChainedCommands
  /** Whether it changes a block (so "turn into" offers it) or inserts one. */
  turns: boolean
  active?: [name: string, attributes?: Record<string, unknown>]
}

const heading = (level: 1 | 2 | 3, icon: LucideIcon): BlockChoice => ({
  id: `heading${level}`,
  icon,
  hint: '#'.repeat(level),
  keywords: `h${level} heading title`,
  apply: (chain) => chain.setHeading({ level }),
  turns: true,
  active: ['heading', { level }],
})

export const blockChoices: readonly BlockChoice[] = [
  {
    id: 'paragraph',
    icon: Pilcrow,
    hint: '',
    keywords: 'text paragraph p',
    apply: (chain) => chain.setParagraph(),
    turns: true,
    active: ['paragraph'],
  },
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
  {
    id: 'bulletList',
    icon: List,
    hint: '-',
    keywords: 'ul bullet list unordered',
    apply: (chain) => chain.toggleBulletList(),
    turns: true,
    active: ['bulletList'],
  },
  {
    id: 'orderedList',
    icon: ListOrdered,
    hint: '1.',
    keywords: 'ol ordered numbered list',
    apply: (chain) => chain.toggleOrderedList(),
    turns: true,
    active: ['orderedList'],
  },
  {
    id: 'taskList',
    icon: ListTodo,
    hint: '[ ]',
    keywords: 'task todo check list',
    apply: (chain) => chain.toggleTaskList(),
    turns: true,
    active: ['taskList'],
  },
  {
    id: 'blockquote',
    icon: TextQuote,
    hint: '>',
    keywords: 'quote citation',
    apply: (chain) => chain.toggleBlockquote(),
    turns: true,
    active: ['blockquote'],
  },
  {
    id: 'codeBlock',
    icon: Code,
    hint: '```',
    keywords: 'code pre source',
    apply: (chain) => chain.toggleCodeBlock(),
    turns: true,
    active: ['codeBlock'],
  },
  {
    id: 'callout',
    icon: Info,
    hint: '> [!NOTE]',
    keywords: 'callout note tip important warning danger info admonition alert',
    apply: (chain) => chain.toggleCallout('note'),
    turns: true,
    active: ['callout'],
  },
  {
    id: 'details',
    icon: ChevronRight,
    hint: '',
    keywords: 'details toggle collapse fold summary',
    apply: (chain) => chain.setDetails(),
    turns: true,
    active: ['details'],
  },
  {
    id: 'mathBlock',
    icon: Sigma,
    hint: '$$',
    keywords: 'math formula equation latex tex katex',
    apply: (chain) => chain.insertMath('block'),
    turns: false,
  },
  {
    id: 'table',
    icon: Table,
    hint: '',
    keywords: 'table grid rows columns',
    apply: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    turns: false,
  },
  {
    id: 'image',
    icon: Image,
    hint: '',
    keywords: 'image picture photo upload',
    apply: (chain) => chain.choosePictures(),
    turns: false,
  },
  {
    id: 'horizontalRule',
    icon: Minus,
    hint: '---',
    keywords: 'divider rule line hr',
    apply: (chain) => chain.setHorizontalRule(),
    turns: false,
  },
]

/** Those that a block can be turned into. */
export const turningChoices: readonly BlockChoice[] = blockChoices.filter((choice) => choice.turns)

/** The choices that a query finds, by translated name and keywords; those whose name starts with it first. */
export function matching(query: string, nameOf: (choice: BlockChoice) => string): BlockChoice[] {
  const wanted = query.trim().toLocaleLowerCase()
  const rank = (choice: BlockChoice): number => {
    const name = nameOf(choice).toLocaleLowerCase()
    if (name.startsWith(wanted)) return 0
    return name.includes(wanted) || choice.keywords.split(' ').some((word) => word.startsWith(wanted)) ? 1 : 2
  }
  return blockChoices
    .map((choice) => ({ choice, rank: rank(choice) }))
    .filter((found) => found.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice)
}
