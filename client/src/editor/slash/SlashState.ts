import type { BlockChoice } from './items.ts'

export interface SlashView {
  items: readonly BlockChoice[]
  active: number
  /** The caret's rectangle in client coordinates. */
  at: DOMRect | null
  choose(choice: BlockChoice): void
}

/** What the slash menu shows now; written by the editor's plugin, read by the component. */
export class SlashState {
  #view: SlashView | null = null
  readonly #listeners = new Set<() => void>()

  readonly current = (): SlashView | null => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  show(view: SlashView | null): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }

  /** Handles a key while the menu is open; false leaves it to the editor. */
  key(event: KeyboardEvent): boolean {
    const view = this.#view
    if (view === null || view.items.length === 0) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      this.show({ ...view, active: (view.active + step + view.items.length) % view.items.length })
      return true
    }
    const choice = view.items[view.active]
    if ((event.key === 'Enter' || event.key === 'Tab') && choice) {
      view.choose(choice)
      return true
    }
    return false
  }
}
