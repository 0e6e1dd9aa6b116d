import { passkey } from '@better-auth/passkey'
import { expect, test } from 'vitest'
import { passkeyTable } from './passkeyTable.ts'

test('the table that is made is the one that the plugin wants', () => {
  expect(passkeyTable.schema).toEqual(passkey().schema)
})
