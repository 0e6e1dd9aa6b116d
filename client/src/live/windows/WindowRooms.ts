import { RoomKeeper } from '../RoomKeeper.ts'
import { WindowRoom, type WindowSurroundings } from './WindowRoom.ts'

/** A window is kept this long after its last user has let go; ms. */
const keptFor = 5_000

/** The windows of this page, by name, counted by who looks. */
export class WindowRooms {
  readonly #rooms: RoomKeeper<string, WindowRoom>

  constructor(around: WindowSurroundings) {
    this.#rooms = new RoomKeeper(around.clock, keptFor, (name) => new WindowRoom(name, around))
  }

  /** The window, held until the returned function is called. */
  hold(name: string): { room: WindowRoom; letGo: () => void } {
    const letGo = this.#rooms.hold(name)
    return { room: this.#rooms.get(name), letGo }
  }

  retry(): void {
    for (const room of this.#rooms.all()) room.retry()
  }

  end(): Promise<void> {
    return this.#rooms.end()
  }
}
