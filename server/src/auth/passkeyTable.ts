import type { BetterAuthPlugin } from 'better-auth'

/**
 * The table of the plugin for passkeys without the plugin, which takes some megabytes and is loaded when somebody uses
 * one: so it is made at the start, and goes with its account, all the same.
 */
export const passkeyTable = {
  id: 'passkey-table',
  schema: {
    passkey: {
      fields: {
        name: { type: 'string', required: false },
        publicKey: { type: 'string', required: true },
        userId: { type: 'string', required: true, references: { model: 'user', field: 'id' }, index: true },
        credentialID: { type: 'string', required: true, index: true },
        counter: { type: 'number', required: true },
        deviceType: { type: 'string', required: true },
        backedUp: { type: 'boolean', required: true },
        transports: { type: 'string', required: false },
        createdAt: { type: 'date', required: false },
        aaguid: { type: 'string', required: false },
      },
    },
  },
} as const satisfies BetterAuthPlugin
