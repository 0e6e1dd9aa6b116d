import type { ActivityPage } from '@weft/shared/activity'
import type { Person } from '@weft/shared/auth'
import type { Document } from '@weft/shared/documents'

/** What the ids in entries stand for. */
export interface Names {
  person(id: string | null): Person | null
  document(id: string | null): { id: string; title: string; inTrash: boolean } | null
}

/** From the pages that were read, and from what this page knows anyway, which is newer. */
export function namesOf(
  pages: readonly Pick<ActivityPage, 'people' | 'documents'>[],
  members: readonly Person[],
  documents: readonly Pick<Document, 'id' | 'title'>[],
): Names {
  const people = new Map<string, Person>()
  for (const person of [...pages.flatMap((page) => page.people), ...members]) people.set(person.id, person)
  const titles = new Map<string, { id: string; title: string; inTrash: boolean }>()
  for (const document of pages.flatMap((page) => page.documents)) titles.set(document.id, document)
  for (const { id, title } of documents) titles.set(id, { id, title, inTrash: false })
  return {
    person: (id) => people.get(id ?? '') ?? null,
    document: (id) => titles.get(id ?? '') ?? null,
  }
}
