import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AnnouncementId } from '@weft/shared/kit'
import type { Target } from '../target.ts'
import { FromReaders, type ToReaders } from './messages.ts'
import type { Reader } from './people.ts'

const script = fileURLToPath(new URL('./readers.ts', import.meta.url))
/** What has not come by then will not. Milliseconds. */
const patience = 60_000

type Said<K extends FromReaders['what']> = Extract<FromReaders, { what: K }>

/** A process of its own with some of the open inboxes. */
export class ReaderProcess {
  readonly #child: ChildProcess = fork(script, { serialization: 'advanced', execArgv: [] })
  readonly #waiting = new Set<(message: FromReaders) => void>()

  constructor() {
    this.#child.on('message', (said) => {
      const message = FromReaders.parse(said)
      for (const take of this.#waiting) take(message)
    })
  }

  /** Resolves when all of them have their window. */
  async join({ socketUrl, headers }: Pick<Target, 'socketUrl' | 'headers'>, readers: Reader[]): Promise<void> {
    const joined = this.#next('joined')
    this.#say({ what: 'join', socketUrl, headers, readers })
    await joined
  }

  /** Resolves with the moments at which each of them had it in its map. */
  async arrived(announcementId: AnnouncementId): Promise<number[]> {
    return (await this.#next('arrived', (message) => message.announcementId === announcementId)).at
  }

  async look(): Promise<Said<'looked'>['inboxes']> {
    const looked = this.#next('looked')
    this.#say({ what: 'look' })
    return (await looked).inboxes
  }

  /** CPU time so far, in ms. */
  get cpuMs(): number {
    return Number(readFileSync(`/proc/${this.#child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const exit = once(this.#child, 'exit')
    this.#child.disconnect()
    await exit
  }

  #say(message: ToReaders): void {
    this.#child.send(message)
  }

  async #next<K extends FromReaders['what']>(
    what: K,
    isMeant: (message: Said<K>) => boolean = () => true,
  ): Promise<Said<K>> {
    const { promise, resolve, reject } = Promise.withResolvers<Said<K>>()
    const take = (message: FromReaders): void => {
      if (message.what === 'failed') reject(new Error(message.sentence))
      else if (message.what === what && isMeant(message as Said<K>)) resolve(message as Said<K>)
    }
    const deadline = setTimeout(() => reject(new Error(`an open inbox has never ${what}`)), patience)
    this.#waiting.add(take)
    try {
      return await promise
    } finally {
      clearTimeout(deadline)
      this.#waiting.delete(take)
    }
  }
}
