import type { PictureAttributes } from '@weft/shared/editor'
import { type DocumentId, FileId, randomId, type WorkspaceId } from '@weft/shared/kit'
import type { FileOnItsWay, Live, LiveFiles } from '../../live/index.ts'
import type { PictureProblem } from './preparePicture.ts'

/** What a picture needs of the page that it stands in. */
export interface Pictures {
  /** Keeps a picture on this device and sends it; null: it is not taken, and the person has been told why. */
  add(file: Blob, name: string): Promise<Pick<PictureAttributes, 'fileId' | 'width' | 'height'> | null>
  /** Lets this document show a picture that was copied out of another one. */
  attach(fileId: string): void
  local(fileId: string): Promise<Blob | null>
  onItsWay(fileId: string): FileOnItsWay | null
  cancel(fileId: string): void
  retry(fileId: string): void
  /** Called when a picture of this page moves. */
  subscribe(listener: () => void): () => void
  /** Called when one that is missing may have arrived. */
  onArrival(listener: () => void): () => void
}

interface Surroundings {
  live: Live
  workspaceId: WorkspaceId
  documentId: DocumentId
  refused(problem: PictureProblem, name: string): void
  failed(error: unknown): void
}

/** The pictures of one document, over what the page sends and hears. */
export class DocumentPictures implements Pictures {
  readonly #around: Surroundings
  readonly #listeners = new Set<() => void>()
  readonly #arrivals = new Set<() => void>()
  #files: LiveFiles | null = null
  #stops: (() => void)[] = []

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** From here on it hears of what happens, until the returned function is called. */
  start(): () => void {
    const { live, workspaceId } = this.#around
    const letGo = live.holdWorkspace(workspaceId)
    const stopWords = live.workspace(workspaceId).onChanged((topics) => {
      if (topics.includes('files')) this.#arrived()
    })
    window.addEventListener('online', this.#arrived)
    this.#stops = [letGo, stopWords, () => window.removeEventListener('online', this.#arrived)]
    void this.#ready().catch(() => undefined)
    return () => {
      for (const stop of this.#stops.splice(0)) stop()
      this.#files = null
    }
  }

  async add(file: Blob, name: string): Promise<Pick<PictureAttributes, 'fileId' | 'width' | 'height'> | null> {
    const { documentId, refused, failed } = this.#around
    try {
      // Loaded with the first picture that somebody adds.
      const { preparePicture } = await import('./preparePicture.ts')
      const prepared = await preparePicture(file)
      if (typeof prepared === 'string') {
        refused(prepared, name)
        return null
      }
      const { bytes, type, width, height } = prepared
      const fileId = FileId.parse(randomId())
      await (await this.#ready()).add({ fileId, bytes, type }, { documentId, name })
      return { fileId, width, height }
    } catch (error) {
      failed(error)
      return null
    }
  }

  attach(fileId: string): void {
    const { documentId, failed } = this.#around
    void this.#ready()
      .then((files) => files.attach(documentId, FileId.parse(fileId)))
      .catch(failed)
  }

  async local(fileId: string): Promise<Blob | null> {
    try {
      return await (await this.#ready()).local(FileId.parse(fileId))
    } catch {
      return null
    }
  }

  onItsWay(fileId: string): FileOnItsWay | null {
    return this.#files?.onItsWay(fileId) ?? null
  }

  cancel(fileId: string): void {
    void this.#files?.cancel(FileId.parse(fileId))
  }

  retry(fileId: string): void {
    const found = this.onItsWay(fileId)
    if (found?.state === 'refused') void this.#around.live.retryCommand(found.commandId)
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onArrival(listener: () => void): () => void {
    this.#arrivals.add(listener)
    return () => this.#arrivals.delete(listener)
  }

  async #ready(): Promise<LiveFiles> {
    const files = await this.#around.live.files()
    if (this.#files !== files && this.#stops.length > 0) {
      this.#files = files
      this.#stops.push(files.subscribe(this.#moved))
      this.#moved()
    }
    return files
  }

  #moved = (): void => {
    for (const listener of [...this.#listeners]) listener()
  }

  #arrived = (): void => {
    for (const listener of [...this.#arrivals]) listener()
  }
}
