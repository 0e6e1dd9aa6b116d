import { titleLimit } from '@weft/shared/documents'
import { DocumentId, randomId } from '@weft/shared/kit'
import { splitTitle } from '../importMarkdown.ts'
import { resolved } from './safePath.ts'

/** A document to be made: of a file, of a folder, or of both. */
export interface PlannedDocument {
  id: DocumentId
  parentId: DocumentId | null
  title: string
  /** Without the title; null: a folder has none. */
  markdown: string | null
  /** The file that it comes from, by which its relative addresses are read; of a folder without one the folder itself. */
  path: string
}

export interface Plan {
  /** Parents before what lies below them. */
  documents: PlannedDocument[]
  /** The document that a path leads to: a file's, or a folder's. */
  byPath: Map<string, DocumentId>
}

const isMarkdown = (path: string): boolean => /\.(md|markdown|txt)$/i.test(path)
const withoutEnding = (path: string): string => path.replace(/\.[^./]+$/, '')
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
/** What a folder itself says, as programs that keep Markdown in folders call it. */
const isFoldersOwn = (path: string): boolean => /^(readme|index|_index)\.(md|markdown)$/i.test(nameOf(path))
/** Notion writes an id behind each name. */
const shownName = (name: string): string => name.replace(/ [0-9a-f]{32}$/, '').slice(0, titleLimit)

const frontMatter = /^---\r?\n([\s\S]{0,20000}?)\r?\n---[ \t]*(?:\r?\n|$)/

/** The title and text of a file: of what stands before the text (Hugo, Obsidian), of a first heading, or of its name. */
function read(path: string, text: string): { title: string; markdown: string } {
  const [whole = '', head] = frontMatter.exec(text) ?? []
  const named = /^title:[ \t]*["']?(.+?)["']?[ \t]*$/m.exec(head ?? '')?.[1]
  const { title, markdown } = splitTitle(text.slice(whole.length), nameOf(path))
  const ofFile = title === withoutEnding(nameOf(path)).slice(0, titleLimit)
  return { title: (ofFile && named?.slice(0, titleLimit)) || (ofFile ? shownName(title) : title), markdown }
}

/** Which documents a set of text files becomes: folders nest, and say what `README.md`, or a file of their name, says. */
export function planImport(texts: ReadonlyMap<string, string>): Plan {
  const paths = [...texts.keys()].filter(isMarkdown).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const folders = new Set<string>()
  for (const path of paths) for (let at = folderOf(path); at !== ''; at = folderOf(at)) folders.add(at)
  const ofFolder = new Map<string, string>()
  for (const path of paths) if (folders.has(withoutEnding(path))) ofFolder.set(withoutEnding(path), path)
  for (const path of paths) {
    const folder = folderOf(path)
    if (folder !== '' && isFoldersOwn(path) && !ofFolder.has(folder)) ofFolder.set(folder, path)
  }
  const taken = new Set(ofFolder.values())
  const byPath = new Map<string, DocumentId>()
  const documents: PlannedDocument[] = []
  const add = (path: string, text: string | undefined, folder: string | null): void => {
    const id = DocumentId.parse(randomId())
    byPath.set(path, id)
    if (folder !== null) byPath.set(folder, id)
    const said = text === undefined ? null : read(path, text)
    documents.push({
      id,
      parentId: byPath.get(folderOf(folder ?? path)) ?? null,
      // A folder's README is known by the folder's name, unless it says another one itself.
      title:
        said === null || isUnnamed(said.title, path) ? shownName(nameOf(folder ?? withoutEnding(path))) : said.title,
      markdown: said?.markdown ?? null,
      path,
    })
  }
  const items = [
    ...[...folders].map((folder) => ({ folder, path: ofFolder.get(folder) ?? folder })),
    ...paths.flatMap((path) => (taken.has(path) ? [] : [{ folder: null, path }])),
  ]
  const depth = ({ folder, path }: { folder: string | null; path: string }): number =>
    (folder ?? path).split('/').length
  // Level by level; within one, as they lie in the archive: by name.
  const place = ({ folder, path }: { folder: string | null; path: string }): string => folder ?? withoutEnding(path)
  items.sort((a, b) => depth(a) - depth(b) || place(a).localeCompare(place(b), 'en', { numeric: true }))
  for (const { folder, path } of items) add(path, texts.get(path), folder)
  return { documents, byPath }
}

const isUnnamed = (title: string, path: string): boolean => isFoldersOwn(path) && title === withoutEnding(nameOf(path))

/** The document that an address in a file leads to; null: it leads elsewhere. */
export function documentAt({ byPath }: Plan, from: string, address: string): DocumentId | null {
  const path = resolved(from, address)
  if (path === null) return null
  return byPath.get(path) ?? byPath.get(`${path}.md`) ?? byPath.get(path.replace(/\/$/, '')) ?? null
}
