import { expect, test, vi } from 'vitest'
import { ChoiceState } from './ChoiceState.ts'

/** A menu of words, and what was chosen in it. */
function menu(...words: string[]) {
  const found = [...words]
  const state = new ChoiceState<string>({
    find: (query) => found.filter((word) => word.startsWith(query)),
    idOf: (word) => word,
  })
  const choose = vi.fn<(word: string) => void>()
  const active = (): string | undefined => state.current()?.choices[state.current()?.active ?? 0]
  const press = (key: string): boolean => state.key(new KeyboardEvent('keydown', { key }))
  return { state, found, choose, active, press, write: (query: string) => state.show(query, null, choose) }
}

test('arrows go round, Enter and Tab choose, other keys are the editor’s', () => {
  const { active, press, write, choose } = menu('ann', 'abel', 'ben')
  expect(press('Enter')).toBe(false)
  write('a')
  press('ArrowUp')
  expect(active()).toBe('abel')
  press('ArrowDown')
  expect(active()).toBe('ann')
  expect(press('x')).toBe(false)
  expect([press('Enter'), press('Tab')]).toEqual([true, true])
  expect(choose.mock.calls).toEqual([['ann'], ['ann']])
})

test('the active choice stays active while others come and go, and the first one is it for another query', () => {
  const { state, found, active, press, write } = menu('ann', 'abel')
  write('a')
  press('ArrowDown')
  found.unshift('ada')
  state.refresh()
  expect([active(), state.current()?.choices.length]).toEqual(['abel', 3])
  write('a')
  expect(active()).toBe('abel')
  found.splice(found.indexOf('abel'), 1)
  state.refresh()
  expect(active()).toBe('ada')
  press('ArrowDown')
  write('an')
  expect(active()).toBe('ann')
})

test('with nothing to choose the keys are the editor’s, until something is found', () => {
  const { state, found, press, write, choose } = menu()
  write('b')
  expect([press('Enter'), press('ArrowDown')]).toEqual([false, false])
  found.push('ben')
  state.refresh()
  expect(press('Enter')).toBe(true)
  expect(choose).toHaveBeenCalledWith('ben')
  state.close()
  state.refresh()
  expect(state.current()).toBeNull()
})
