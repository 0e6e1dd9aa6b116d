import {
  type AccessFound,
  type AccessOrigin,
  type AccessStep,
  type DocumentPeople,
  documentAccess,
  documentRole,
} from '@weft/shared/documents'
import { type DocumentId, must, type UserId } from '@weft/shared/kit'
import { maySeeMembers } from '@weft/shared/workspaces'
import { requireRole } from '../workspaces/index.ts'
import { type LineGrants, readLineGrants, readMemberSteps } from './accessStore.ts'
import type { DocumentsDependencies } from './dependencies.ts'
import { noDocument, requireDocument } from './policy.ts'

/** The last step of a line, changed. */
const withLast = (line: readonly AccessStep[], change: Partial<AccessStep>): AccessStep[] =>
  line.map((step, at) => (at === line.length - 1 ? { ...step, ...change } : step))

/** Who may open a document and why, for those who may see who belongs to its workspace. */
export function createPeople({ storage }: Pick<DocumentsDependencies, 'storage'>) {
  return {
    async people(by: UserId, documentId: DocumentId): Promise<DocumentPeople> {
      const { workspaceId } = await requireDocument(storage.read, by, documentId)
      await requireRole(storage.read, by, workspaceId, maySeeMembers)
      const line = await readLineGrants(storage.read, documentId)
      const members = await readMemberSteps(storage.read, documentId)
      const own = members.find(({ userId }) => userId === by)
      const last = line.at(-1)
      // Between two queries it may have gone into the trash.
      if (own === undefined || last === undefined) throw noDocument()

      const titleFor = ({ id, title }: LineGrants): string | null => {
        const at = line.findIndex((step) => step.id === id)
        return documentRole(own.member, own.line.slice(0, at + 1)) === null ? null : title
      }
      const originOf = ({ from }: AccessFound): AccessOrigin => {
        if (from === 'workspace') return { kind: 'workspace' }
        if (from === line.length - 1) return { kind: 'here' }
        return { kind: 'above', title: titleFor(must(line[from], 'the document that gives a role')) }
      }
      const held = (found: AccessFound) => ({ role: found.role, origin: originOf(found) })
      const { restricted } = last
      const above = line.slice(0, -1).findLast((step) => step.restricted)
      return {
        restricted,
        above: above === undefined ? null : { title: titleFor(above) },
        others: members.filter(
          ({ userId, member, line: steps }) =>
            // Whoever restricts it keeps it.
            userId !== by &&
            (documentRole(member, steps) === null) !==
              (documentRole(member, withLast(steps, { restricted: !restricted })) === null),
        ).length,
        people: members.flatMap(({ userId, member, line: steps }) => {
          const found = documentAccess(member, steps)
          if (found === null) return []
          const inherited = documentAccess(member, withLast(steps, { grant: null }))
          return [{ userId, ...held(found), inherited: inherited === null ? null : held(inherited) }]
        }),
      }
    },
  }
}
