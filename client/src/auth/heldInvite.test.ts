import { beforeEach, describe, expect, it } from 'vitest'
import { dropInvite, heldInvite, holdInvite, inviteIn } from './heldInvite.ts'

const token = 'k3Jx9_-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789a'

describe('invitations', () => {
  beforeEach(() => sessionStorage.clear())

  it('are read from behind the #', () => {
    expect(inviteIn(`#${token}`)).toBe(token)
  })

  it.each(['', '#', '#short', `#${'a'.repeat(101)}`, `#${token}<script>`, '#/w/abc/members/of/this/one'])(
    'are not read from %j',
    (hash) => expect(inviteIn(hash)).toBeNull(),
  )

  it('are held until they are dropped', () => {
    expect(heldInvite()).toBeNull()
    holdInvite(token)
    expect(heldInvite()).toBe(token)
    dropInvite()
    expect(heldInvite()).toBeNull()
  })

  it('that somebody else wrote into the storage are not sent on', () => {
    sessionStorage.setItem('weft-invite', 'x\ny')
    expect(heldInvite()).toBeNull()
  })
})
