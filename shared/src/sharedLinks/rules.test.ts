import { describe, expect, test } from 'vitest'
import { type LinkReader, type LinkState, linkAnswer, mayBeIndexed, reachWithin } from './rules.ts'

const link: LinkState = { reach: 'anyone', expiresAt: null, hasPassword: false, ended: false, publicLinks: true }
const stranger: LinkReader = { member: null, role: null, gavePassword: false }
const member: LinkReader = { ...stranger, member: 'member' }
const guest: LinkReader = { ...stranger, member: 'guest' }
const reader: LinkReader = { ...guest, role: 'view' }
const now = 1_000

describe('[ACCESS-1] what a link does for whom', () => {
  test.for<[string, Partial<LinkState>, LinkReader, string]>([
    ['anyone', {}, stranger, 'open'],
    ['anyone, still for a moment', { expiresAt: now + 1 }, stranger, 'open'],
    ['anyone, until now', { expiresAt: now }, stranger, 'ended'],
    ['anyone, ended', { ended: true }, stranger, 'ended'],
    ['anyone, with a password', { hasPassword: true }, stranger, 'password'],
    ['anyone, with a password that was given', { hasPassword: true }, { ...stranger, gavePassword: true }, 'open'],
    ['an ended one asks for no password', { hasPassword: true, ended: true }, stranger, 'ended'],
    ['anyone, where the workspace wants none', { publicLinks: false }, stranger, 'nothing'],
    ['the same for a guest', { publicLinks: false }, guest, 'nothing'],
    ['the same for a member', { publicLinks: false }, member, 'open'],
    ['workspace, a stranger', { reach: 'workspace' }, stranger, 'nothing'],
    ['workspace, a guest', { reach: 'workspace' }, guest, 'nothing'],
    ['workspace, a guest to whom it was given', { reach: 'workspace' }, reader, 'open'],
    ['workspace, a member', { reach: 'workspace' }, member, 'open'],
    ['workspace, a member, a password', { reach: 'workspace', hasPassword: true }, member, 'password'],
    ['workspace, ended, a stranger', { reach: 'workspace', ended: true }, stranger, 'nothing'],
    ['restricted, a member', { reach: 'restricted' }, member, 'nothing'],
    ['restricted, who may open it anyway', { reach: 'restricted' }, reader, 'open'],
    ['restricted, ended, a member', { reach: 'restricted', ended: true }, member, 'nothing'],
  ])('%s', ([, state, who, answer]) => expect(linkAnswer({ ...link, ...state }, who, now)).toBe(answer))
})

test('a workspace that wants no public links narrows those to itself, and no others', () => {
  expect(reachWithin('anyone', false)).toBe('workspace')
  expect(reachWithin('restricted', false)).toBe('restricted')
  expect(reachWithin('anyone', true)).toBe('anyone')
})

test('only what anyone may read without a password is listed by search engines, and only if that was asked for', () => {
  const all = { reach: 'anyone', hasPassword: false, indexed: true } as const
  expect(mayBeIndexed(all)).toBe(true)
  expect(mayBeIndexed({ ...all, indexed: false })).toBe(false)
  expect(mayBeIndexed({ ...all, hasPassword: true })).toBe(false)
  expect(mayBeIndexed({ ...all, reach: 'workspace' })).toBe(false)
})
