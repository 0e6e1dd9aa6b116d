import { createHash } from 'node:crypto'
import { DocumentId, randomId, UserId } from '@weft/shared/kit'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { OneDocument } from './oneDocument.ts'
import { createSocketTokens } from './socketTokens.ts'

const now = 1_700_000_000_000
const userId = UserId.parse(randomId())
const only: OneDocument = {
  documentId: DocumentId.parse(randomId()),
  role: 'suggest',
  source: { kind: 'key', id: randomId() },
}
const tokensAt = (at: number) => createSocketTokens('a secret', { now: () => at }, async (id) => id === 'living')
const tokens = tokensAt(now)
const until = (ms: number) => ({ userId, sessionId: null, expiresAt: now + ms })

test('[ACCESS-4] a token for one document says whose it is, for what, and until when', async () => {
  const { token, expiresAt } = await tokens.issueFor(only, until(60_000))
  expect(await tokens.verify(token)).toEqual({ userId, only, expiresAt })
  const own = { ...only, source: null }
  const bySession = await tokens.issueFor(own, { userId, sessionId: 'living', expiresAt: now + 60_000 })
  expect(await tokens.verify(bySession.token)).toMatchObject({ only: own, sessionId: 'living' })
  expect((await tokens.verify((await tokens.issue(userId, null)).token)).only).toBeUndefined()
})

test('[ACCESS-4] it ends by its time, and with the sign-in that it was made in', async () => {
  const { token } = await tokens.issueFor(only, until(60_000))
  await expect(tokensAt(now + 61_000).verify(token)).rejects.toMatchObject({ id: 'signed-out' })
  const ended = await tokens.issueFor(only, { userId, sessionId: 'ended', expiresAt: now + 60_000 })
  await expect(tokens.verify(ended.token)).rejects.toMatchObject({ id: 'signed-out' })
})

test('[ACCESS-4] what is not of its form opens nothing: never is it taken for a token for everything', async () => {
  const key = createHash('sha256').update('weft-sync\0a secret').digest()
  const signed = (claims: Record<string, unknown>, audience: string | string[], by: Uint8Array = key) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setAudience(audience)
      .setExpirationTime(now / 1000 + 60)
      .sign(by)
  const sound = { doc: only.documentId, role: only.role, src: only.source }
  const refused = [
    signed({}, 'weft-document'),
    signed({ ...sound, doc: '../x' }, 'weft-document'),
    signed({ ...sound, role: 'owner' }, 'weft-document'),
    signed({ ...sound, src: { kind: 'nothing', id: 'x' } }, 'weft-document'),
    signed(sound, ['weft-document', 'weft-sync']),
    signed(sound, 'weft'),
    signed(sound, 'weft-document', createHash('sha256').update('another').digest()),
  ]
  for (const token of refused) await expect(tokens.verify(await token)).rejects.toMatchObject({ id: 'signed-out' })
  expect((await tokens.verify(await signed(sound, 'weft-document'))).only).toEqual(only)
})
