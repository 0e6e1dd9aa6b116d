import { expect, test } from 'vitest'
import { withCommands } from './withCommands.ts'

const saved = { word: 'saved' } as const

test('[SAVE-6] nothing is saved while a command waits', () => {
  const page = { connection: 'online', waiting: 1, onlyInPage: false } as const
  expect(withCommands(saved, page)).toEqual({ word: 'saving' })
  expect(withCommands(saved, { ...page, waiting: 0 })).toEqual(saved)
  const refused = { word: 'not-saved', why: 'signed-out' } as const
  expect(withCommands(refused, page)).toEqual(refused)
})

test('[SAVE-6] offline, a command is on this device, or else the word says that it is not', () => {
  const page = { connection: 'offline', waiting: 1, onlyInPage: false } as const
  expect(withCommands(saved, page)).toEqual(saved)
  expect(withCommands(saved, { ...page, onlyInPage: true })).toEqual({ word: 'not-saved', why: 'device-store' })
})
