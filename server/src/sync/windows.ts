import { type UserId, WeftError } from '@weft/shared/kit'
import { parseChannel, type WindowChannel, type WindowKindName, windowChannel } from '@weft/shared/sync'
import type * as Y from 'yjs'
import { type BuiltWindow, type WindowChange, WindowContents } from './windowContents.ts'

/** What a room says of the windows on its tables. */
export interface WindowKind {
  kind: WindowKindName
  /** May this person read this one? [ACCESS-1] Asked at each join, and whenever their rights may have changed. */
  access(userId: UserId, id: string): Promise<boolean>
  /** Reads the tables, with what is committed when it is called. Called when the first reader comes. */
  build(id: string): Promise<BuiltWindow>
  /** How many entries are kept; `windowEntries` unless said otherwise. */
  entries?: number
}

/** How the room that owns a kind keeps its windows up. What is not loaded is not touched, and needs no word. */
export interface WindowHandle {
  /** Somebody reads it, or is about to: a change would be seen. */
  isLoaded(id: string): boolean
  /** Of those that are loaded. */
  ids(): string[]
  /**
   * Changes a window, after what is in the change has been committed. Changes come in the order of their sequence; one
   * that comes while the window is being built waits for that.
   */
  apply(id: string, change: WindowChange): void
  /** Has it built anew, since what may be in it has changed [ACCESS-5]: closes it with `renewed`. */
  renew(id: string): void
  /** Asks again who may read it, and closes it for the rest [ACCESS-2]. */
  recheck(id: string): void
}

interface Building {
  waiting: WindowChange[]
  outdated: boolean
}

interface Surroundings {
  /** Closes the channel for all its readers. */
  close(name: string): void
  recheck(name: string): void
}

/** The windows of the process: who may read each, how it is built, and what changes it while it is loaded. */
export class Windows {
  readonly #around: Surroundings
  readonly #kinds = new Map<WindowKindName, WindowKind>()
  readonly #building = new Map<string, Building>()
  readonly #loaded = new Map<string, WindowContents>()

  constructor(around: Surroundings) {
    this.#around = around
  }

  register(kind: WindowKind): WindowHandle {
    if (this.#kinds.has(kind.kind)) throw new Error(`two rooms have windows called ${kind.kind}`)
    this.#kinds.set(kind.kind, kind)
    const nameOf = (id: string): string => windowChannel(kind.kind, id)
    return {
      isLoaded: (id) => this.#building.has(nameOf(id)) || this.#loaded.has(nameOf(id)),
      ids: () => this.#ids(kind.kind),
      apply: (id, change) => this.#apply(nameOf(id), change),
      renew: (id) => this.#renew(nameOf(id)),
      recheck: (id) => this.#around.recheck(nameOf(id)),
    }
  }

  /** False for a kind that no room has, too. */
  async mayRead(userId: UserId, channel: WindowChannel): Promise<boolean> {
    return (await this.#kinds.get(channel.window)?.access(userId, channel.id)) ?? false
  }

  /** It is there, but must not be joined: it is on its way out of memory. */
  isOutdated(name: string): boolean {
    return this.#loaded.get(name)?.outdated ?? false
  }

  /**
   * Fills the `Y.Doc` of a window, with no gap between what is read and what happens meanwhile: changes that come after
   * this was called wait, and are applied in the turn in which it is filled.
   */
  async load(channel: WindowChannel, document: Y.Doc): Promise<void> {
    const { name } = channel
    const kind = this.#kinds.get(channel.window)
    if (kind === undefined) throw new WeftError('not-found', 'There is no such channel.')
    try {
      for (;;) {
        const building: Building = { waiting: [], outdated: false }
        this.#building.set(name, building)
        const built = await kind.build(channel.id)
        // Renewed while it was read: some of it may be from before.
        if (building.outdated) continue
        const contents = new WindowContents(document, built, kind.entries)
        for (const change of building.waiting) contents.apply(change)
        this.#loaded.set(name, contents)
        document.on('destroy', () => {
          if (this.#loaded.get(name) === contents) this.#loaded.delete(name)
        })
        return
      }
    } finally {
      this.#building.delete(name)
    }
  }

  #apply(name: string, change: WindowChange): void {
    const building = this.#building.get(name)
    if (building !== undefined) {
      building.waiting.push(change)
      return
    }
    const contents = this.#loaded.get(name)
    // Who still reads an outdated one is on their way to the next.
    if (contents === undefined || contents.outdated) return
    contents.apply(change)
    if (contents.isOverBound) this.#renew(name)
  }

  #renew(name: string): void {
    const building = this.#building.get(name)
    if (building !== undefined) building.outdated = true
    const contents = this.#loaded.get(name)
    if (contents === undefined || contents.outdated) return
    contents.outdated = true
    this.#around.close(name)
  }

  #ids(kind: WindowKindName): string[] {
    const names = new Set([...this.#building.keys(), ...this.#loaded.keys()])
    return [...names].flatMap((name) => {
      const channel = parseChannel(name)
      return channel?.kind === 'window' && channel.window === kind ? [channel.id] : []
    })
  }
}
