import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MemberRole } from '../workspaces/index.ts'
import {
  type AccessStep,
  documentAccess,
  documentRole,
  includesRole,
  lesserRole,
  outsideRole,
  rolesInTree,
} from './rules.ts'
import { DocumentRole } from './schema.ts'

const grant = fc.option(fc.constantFrom(...DocumentRole.options), { nil: null })
const step = fc.record({ restricted: fc.boolean(), grant })
const line = fc.array(step, { maxLength: 8 })
const anyMember = fc.constantFrom<MemberRole>('owner', 'admin', 'member', 'guest')
const everyday = fc.constantFrom<MemberRole>('member', 'guest')
const open: AccessStep = { restricted: false, grant: null }

describe('[ACCESS-1] the role of a person on a document', () => {
  test('view < comment < suggest < edit < manage', () => {
    expect(DocumentRole.options).toEqual(['view', 'comment', 'suggest', 'edit', 'manage'])
    for (const [at, role] of DocumentRole.options.entries()) {
      expect(DocumentRole.options.filter((needed) => includesRole(role, needed))).toHaveLength(at + 1)
    }
    expect(includesRole(null, 'view')).toBe(false)
  })

  test('owners and admins always manage, strangers never see anything', () => {
    fc.assert(
      fc.property(line, (steps) => {
        expect([documentRole('owner', steps), documentRole('admin', steps)]).toEqual(['manage', 'manage'])
        expect(documentRole(null, steps)).toBeNull()
      }),
    )
  })

  test('what is given on the document itself counts, whatever stands above it', () => {
    fc.assert(
      fc.property(
        everyday,
        line,
        fc.boolean(),
        fc.constantFrom(...DocumentRole.options),
        (member, steps, closed, role) => {
          expect(documentAccess(member, [...steps, { restricted: closed, grant: role }])).toEqual({
            role,
            from: steps.length,
          })
        },
      ),
    )
  })

  test('a restriction lets nothing through: what is above it makes no difference', () => {
    fc.assert(
      fc.property(everyday, line, line, (member, steps, others) => {
        const closed = { restricted: true, grant: null }
        expect(documentRole(member, [...steps, closed])).toBeNull()
        expect(documentRole(member, [...steps, closed, ...others])).toBe(documentRole('guest', others))
      }),
    )
  })

  test('a document that says nothing has the access of its parent', () => {
    fc.assert(
      fc.property(anyMember, line, (member, steps) => {
        expect(documentAccess(member, [...steps, open])).toEqual(documentAccess(member, steps))
      }),
    )
  })

  test('without a word on the way, a member edits and a guest sees nothing', () => {
    expect([documentRole('member', [open, open]), documentRole('guest', [open, open])]).toEqual(['edit', null])
  })

  test('where it comes from is the nearest document that gives it', () => {
    const [given, closed] = [
      { restricted: false, grant: 'view' },
      { restricted: true, grant: null },
    ] as const
    expect(documentAccess('member', [open, given, open])).toEqual({ role: 'view', from: 1 })
    expect(documentAccess('member', [closed, given, open])).toEqual({ role: 'view', from: 1 })
    expect(documentAccess('member', [given, closed, open])).toBeNull()
    expect(documentAccess('admin', [given, closed])).toEqual({ role: 'manage', from: 'workspace' })
  })
})

describe('the roles in a whole tree', () => {
  /** A forest in any order: each document stands below one of those before it, or on the top. */
  const forest = fc
    .array(fc.tuple(step, fc.nat(), fc.boolean()), { maxLength: 30 })
    .map((rows) => rows.map(([own, above, top], id) => ({ ...own, id, parentId: top || id === 0 ? null : above % id })))
    .chain((steps) => fc.shuffledSubarray(steps, { minLength: steps.length }))

  test('are what the line of each document says', () => {
    fc.assert(
      fc.property(anyMember, forest, (member, steps) => {
        const byId = new Map(steps.map((one) => [one.id, one]))
        const lineOf = (id: number | null): AccessStep[] => {
          const one = id === null ? undefined : byId.get(id)
          return one === undefined ? [] : [...lineOf(one.parentId), one]
        }
        const roles = rolesInTree(member, steps)
        expect(roles.size).toBe(steps.length)
        for (const { id } of steps) expect(roles.get(id)).toBe(documentRole(member, lineOf(id)))
      }),
    )
  })

  test('below what is not there only what is given counts, and a ring ends', () => {
    const roles = rolesInTree('member', [
      { id: 'lost', parentId: 'nowhere', restricted: false, grant: null },
      { id: 'given', parentId: 'lost', restricted: false, grant: 'view' },
      { id: 'a', parentId: 'b', restricted: false, grant: null },
      { id: 'b', parentId: 'a', restricted: false, grant: null },
    ])
    expect(Object.fromEntries(roles)).toEqual({ lost: null, given: 'view', a: null, b: null })
  })
})

describe('[ACCESS-1] the role of somebody who is no member', () => {
  const anyRole = fc.constantFrom(...DocumentRole.options)
  const places = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 })
  const lineOf = (restricted: readonly boolean[]) => restricted.map((closed, id) => ({ id, restricted: closed }))

  test('the smaller of two roles is no more than either', () => {
    fc.assert(
      fc.property(anyRole, anyRole, (a, b) => {
        const least = lesserRole(a, b)
        expect([a, b]).toContain(least)
        expect(least !== null && includesRole(a, least) && includesRole(b, least)).toBe(true)
        expect([lesserRole(a, null), lesserRole(null, b)]).toEqual([null, null])
      }),
    )
  })

  test('what is given on a document counts below it, down to the next restricted one, and nowhere else', () => {
    fc.assert(
      fc.property(places, fc.nat({ max: 9 }), anyRole, (restricted, documentId, role) => {
        const closedBelow = restricted.slice(documentId + 1).includes(true)
        const expected = documentId < restricted.length && !closedBelow ? lesserRole(role, 'edit') : null
        expect(outsideRole({ documentId, role }, lineOf(restricted))).toBe(expected)
      }),
    )
  })

  test('what is given on a workspace opens what all its members may open', () => {
    fc.assert(
      fc.property(places, anyRole, (restricted, role) => {
        const expected = restricted.includes(true) ? null : lesserRole(role, 'edit')
        expect(outsideRole({ documentId: null, role }, lineOf(restricted))).toBe(expected)
      }),
    )
  })
})
