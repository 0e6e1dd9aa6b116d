/** Where a menu's choices come from. */
export interface ChoiceSource<C> {
  /** What the written query finds now, the best first. */
  find(query: string): readonly C[]
  /** The same for the same choice, however often it is found anew. */
  idOf(choice: C): string
}

export interface ChoiceView<C> {
  query: string
  choices: readonly C[]
  active: number
  /** The written query's rectangle in client coordinates. */
  at: DOMRect | null
  choose(choice: C): void
}

/** What a menu in the text shows now; written by the editor's plugin, read by the component. */
export class ChoiceState<C> {
  readonly source: ChoiceSource<C>
  #view: ChoiceView<C> | null = null
  readonly #listeners = new Set<() => void>()

  constructor(source: ChoiceSource<C>) {
    this.source = source
  }

  readonly current = (): ChoiceView<C> | null => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Opens the menu, or follows what is written; another query begins with its best choice. */
  show(query: string, at: DOMRect | null, choose: (choice: C) => void): void {
    const choices = this.source.find(query)
    const active = query === this.#view?.query ? this.#activeIn(choices) : 0
    this.#set({ query, choices, active, at, choose })
  }

  /** Looks again while the menu is open: the choices may have changed, and the active one stays active. */
  readonly refresh = (): void => {
    if (this.#view === null) return
    const choices = this.source.find(this.#view.query)
    this.#set({ ...this.#view, choices, active: this.#activeIn(choices) })
  }

  close(): void {
    this.#set(null)
  }

  activate(active: number): void {
    if (this.#view !== null) this.#set({ ...this.#view, active })
  }

  /** Handles a key while the menu is open; false leaves it to the editor. */
  key(event: KeyboardEvent): boolean {
    const view = this.#view
    if (view === null || view.choices.length === 0) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      this.activate((view.active + step + view.choices.length) % view.choices.length)
      return true
    }
    const choice = view.choices[view.active]
    if ((event.key === 'Enter' || event.key === 'Tab') && choice) {
      view.choose(choice)
      return true
    }
    return false
  }

  #activeIn(choices: readonly C[]): number {
    const active = this.#view?.choices[this.#view.active]
    if (active === undefined) return 0
    const id = this.source.idOf(active)
    return Math.max(
      0,
      choices.findIndex((choice) => this.source.idOf(choice) === id),
    )
  }

  #set(view: ChoiceView<C> | null): void {
    this.#view = view
    for (const listener of [...this.#listeners]) listener()
  }
}
