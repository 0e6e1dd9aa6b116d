import type { DocumentId } from '@weft/shared/kit'
import type { Awareness } from 'y-protocols/awareness'
import { readersHere } from '../../presence/index.ts'
import { type Mentionable, mentionable, type Surroundings } from './mentionable.ts'

/** How one person is shown in the text. */
export interface ShownPerson {
  /** Today's; null where the person cannot be looked up, or is no member any more. */
  name: string | null
  own: boolean
  /** No member any more. */
  left: boolean
}

/** Who is around a document, for what is no component: the mentions in its text, and the menu while one types. */
export class KnownPeople {
  readonly #documentId: DocumentId
  #known: Surroundings | null = null
  readonly #names = new Map<string, string>()
  readonly #listeners = new Set<() => void>()

  constructor(documentId: DocumentId) {
    this.#documentId = documentId
  }

  readonly current = (): Surroundings | null => this.#known

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(known: Surroundings): void {
    if (known.members !== this.#known?.members || known.own !== this.#known?.own) {
      this.#names.clear()
      for (const { id, name } of [known.own, ...(known.members ?? [])]) this.#names.set(id, name)
    }
    this.#known = known
    for (const listener of [...this.#listeners]) listener()
  }

  shown(userId: unknown): ShownPerson {
    const name = typeof userId === 'string' ? (this.#names.get(userId) ?? null) : null
    return { name, own: userId === this.#known?.own.id, left: name === null && this.#known?.members !== undefined }
  }

  /** Who may be mentioned now, by whoever has this awareness. */
  mentionable(awareness: Awareness): Mentionable[] {
    if (this.#known === null) return []
    const readers = readersHere(awareness.getStates().values(), [], this.#documentId, this.#known.own.id)
    return mentionable(this.#known, new Map(readers.map(({ person }) => [person.id, person])))
  }
}
