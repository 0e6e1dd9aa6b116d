import type { Document } from '@weft/shared/documents'
import type { DocumentId, WorkspaceId } from '@weft/shared/kit'
import { isNamed } from '../mention/mentionable.ts'

/** How a document is shown in the text of another one. */
export interface ShownDocument {
  /** Today's; null where it cannot be looked up. */
  title: string | null
  /** It cannot be opened: it is gone, or one may not see it. Nobody can tell which [ACCESS-3]. */
  missing: boolean
}

/** Nobody reads further: what is not among so many is found by writing more of the title. */
const mostShown = 20

/** The documents of a workspace that one may see, for what is no component: links in the text, and their menu. */
export class KnownDocuments {
  readonly workspaceId: WorkspaceId
  readonly #own: DocumentId
  #documents: readonly Document[] | undefined
  readonly #titles = new Map<string, string>()
  readonly #listeners = new Set<() => void>()
  #open: (path: string) => void = () => {}

  constructor(workspaceId: WorkspaceId, own: DocumentId) {
    this.workspaceId = workspaceId
    this.#own = own
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** `documents` are undefined until they are known. */
  set(documents: readonly Document[] | undefined): void {
    if (documents === this.#documents) return
    this.#documents = documents
    this.#titles.clear()
    for (const { id, title } of documents ?? []) this.#titles.set(id, title)
    for (const listener of [...this.#listeners]) listener()
  }

  onOpen(open: (path: string) => void): void {
    this.#open = open
  }

  /** Goes to a page of this installation. */
  open(path: string): void {
    this.#open(path)
  }

  shown({ workspaceId, documentId }: { readonly [name: string]: unknown }): ShownDocument {
    if (this.#documents === undefined || workspaceId !== this.workspaceId) return { title: null, missing: false }
    const title = typeof documentId === 'string' ? this.#titles.get(documentId) : undefined
    return { title: title ?? null, missing: title === undefined }
  }

  /** Those whose title has the words, titles that begin with them first. */
  find(query: string): Document[] {
    const wanted = query.trim().toLocaleLowerCase()
    const rank = ({ title }: Document): number => (title.toLocaleLowerCase().startsWith(wanted) ? 0 : 1)
    return (this.#documents ?? [])
      .filter(({ id, title }) => id !== this.#own && title !== '' && isNamed(title, wanted))
      .sort((a, b) => rank(a) - rank(b) || b.updatedAt - a.updatedAt)
      .slice(0, mostShown)
  }
}
