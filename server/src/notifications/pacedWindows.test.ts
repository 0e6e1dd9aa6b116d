import { expect, test } from 'vitest'
import type { WindowChange, WindowHandle } from '../sync/index.ts'
import { paced } from './pacedWindows.ts'

/** Windows that note what they are told, and in which turn of the event loop. */
function noted() {
  const told: { id: string; seq: number; turn: number }[] = []
  let turn = 0
  const count = (): void => {
    turn++
    if (told.length < 100) setImmediate(count)
  }
  setImmediate(count)
  const handle = { apply: (id: string, { seq }: WindowChange) => void told.push({ id, seq, turn }) } as WindowHandle
  return { windows: paced(handle), told }
}

test('many windows are changed over several turns, each in the order of its changes', async () => {
  const { windows, told } = noted()
  for (let seq = 1; seq <= 2; seq++) {
    for (let person = 0; person < 40; person++) windows.apply(`${person}`, { seq })
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (let person = 0; person < 20; person++) windows.apply(`${person}`, { seq: 3 })
  await expect.poll(() => told.length).toBe(100)
  for (const ofOne of Map.groupBy(told, ({ id }) => id).values())
    expect(ofOne.map(({ seq }) => seq)).toEqual(ofOne.map((_, index) => index + 1))
  for (const inTurn of Map.groupBy(told, ({ turn }) => turn).values()) expect(inTurn.length).toBeLessThanOrEqual(20)
})

test('one person is told in the turn of the commit', async () => {
  const { windows, told } = noted()
  windows.apply('ann', { seq: 1 })
  await Promise.resolve()
  expect(told).toHaveLength(1)
})
