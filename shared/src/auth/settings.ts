import { z } from 'zod'

/** Languages that pages speak. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** What a person chose for all their devices. */
export const AccountSettings = z.object({
  language: z.enum(languages).nullable().describe('Null: each device speaks as its browser does.'),
  tour: z.enum(['due', 'done']).nullable().describe('Whether the tour is to be shown; null: nobody asked.'),
})
export type AccountSettings = z.infer<typeof AccountSettings>

export const noSettings: AccountSettings = { language: null, tour: null }

/** One change alone: what it does not name stays, whoever has changed it meanwhile. */
export const ChangeSettings = AccountSettings.partial()
export type ChangeSettings = z.infer<typeof ChangeSettings>
