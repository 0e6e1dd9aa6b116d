import type { PictureAttributes } from '@weft/shared/editor'
import { fetchedFrom, servedAt } from '@weft/shared/files'
import type { Pictures } from './Pictures.ts'

/** What is known of a picture's bytes. */
export type SourceState = 'loading' | 'shown' | 'absent' | 'nothing'

/** One that is missing is asked for again after these, as long as somebody looks; ms. Its arrival is told, too. */
const pauses = [2_000, 4_000, 8_000, 15_000, 30_000]

/** Where an `<img>` has its picture from: this device, the server, or elsewhere by way of the server. */
export class PictureSource {
  readonly #image: HTMLImageElement
  readonly #pictures: Pictures | null
  readonly #changed: () => void
  #key = ''
  #url: string | null = null
  #failed = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: () => void
  state: SourceState = 'loading'

  constructor(image: HTMLImageElement, pictures: Pictures | null, changed: () => void) {
    this.#image = image
    this.#pictures = pictures
    this.#changed = changed
    image.addEventListener('load', () => this.#set('shown'))
    image.addEventListener('error', () => this.#missing())
    this.#stop = pictures?.onArrival(() => this.#again()) ?? (() => undefined)
  }

  show({ fileId, src }: Pick<PictureAttributes, 'fileId' | 'src'>): void {
    const key = fileId ?? src ?? ''
    if (key === this.#key) return
    this.#key = key
    this.#failed = 0
    this.#release()
    if (key === '') this.#set('nothing')
    else {
      this.#set('loading')
      void this.#load(fileId, src)
    }
  }

  end(): void {
    this.#stop()
    this.#release()
    this.#key = ''
  }

  async #load(fileId: string | null, src: string | null): Promise<void> {
    const key = this.#key
    const local = fileId === null ? null : ((await this.#pictures?.local(fileId)) ?? null)
    if (key !== this.#key) return
    if (local !== null) {
      this.#url = URL.createObjectURL(local)
      this.#image.src = this.#url
    } else if (fileId !== null) this.#image.src = servedAt(fileId)
    else if (src !== null) this.#image.src = fetchedFrom(src)
  }

  #missing(): void {
    if (this.#key === '') return
    this.#set('absent')
    const pause = pauses[Math.min(this.#failed++, pauses.length - 1)]
    clearTimeout(this.#timer)
    // What is elsewhere does not arrive.
    if (!/^https?:/.test(this.#key)) this.#timer = setTimeout(() => this.#again(), pause)
  }

  #again(): void {
    if (this.state !== 'absent') return
    if (document.visibilityState === 'hidden') {
      this.#missing()
      return
    }
    clearTimeout(this.#timer)
    const isElsewhere = /^https?:/.test(this.#key)
    void this.#load(isElsewhere ? null : this.#key, isElsewhere ? this.#key : null)
  }

  #release(): void {
    clearTimeout(this.#timer)
    if (this.#url !== null) URL.revokeObjectURL(this.#url)
    this.#url = null
    this.#image.removeAttribute('src')
  }

  #set(state: SourceState): void {
    this.state = state
    if (state === 'shown') this.#failed = 0
    this.#changed()
  }
}
