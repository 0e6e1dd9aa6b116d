import { markdownOf, parseMarkdown } from '@weft/shared/editor'
import { fileAddress } from '@weft/shared/files'
import { CommandId, FileId, randomId, type UserId, WeftError, type WorkspaceId } from '@weft/shared/kit'
import { type PreparedPicture, preparePicture } from '../../editor/index.ts'
import { api, OfflineError } from '../../kit/index.ts'
import { sendFile } from '../../live/index.ts'
import { readText } from '../importMarkdown.ts'
import type { Importing } from './importing.ts'
import { documentAt, type Plan, type PlannedDocument, planImport } from './plan.ts'
import { resolved } from './safePath.ts'
import { type LeftOut, unpack, unpackLimits } from './unpack.ts'

/** A server that has too much to do, or a network that comes and goes, is asked again after these; ms. */
const pauses = [1_000, 5_000, 20_000, 40_000]

interface Picture extends PreparedPicture {
  fileId: FileId
}

interface Run {
  workspaceId: WorkspaceId
  userId: UserId
  ended: AbortSignal
  files: Map<string, Uint8Array<ArrayBuffer>>
  leftOut: LeftOut[]
  tell(change: Partial<Importing>): void
}

/** Whether a file of what was dropped is an archive, by its content or its name. */
export const isArchive = (file: File): boolean => file.type === 'application/zip' || /\.zip$/i.test(file.name)

/**
 * Makes documents of Markdown files and of archives of them. What cannot be taken is left out and named; what was made
 * stays when the rest is given up. Tells how far it has come.
 */
export async function runImport(dropped: readonly File[], run: Omit<Run, 'files' | 'leftOut'>): Promise<void> {
  const whole: Run = { ...run, files: new Map(), leftOut: [] }
  for (const file of dropped) await take(file, whole)
  const texts = new Map<string, string>()
  for (const [path, bytes] of whole.files) {
    if (!/\.(md|markdown|txt)$/i.test(path)) continue
    const text = readText(bytes)
    if (text === 'not-text' || text === 'too-large') whole.leftOut.push({ path, why: text })
    else texts.set(path, text.text)
  }
  const plan = planImport(texts)
  whole.tell({ state: 'making', documents: plan.documents.length, leftOut: whole.leftOut })
  const [made, pictures] = await makeAll(plan, whole)
  const first = plan.documents[0]?.id ?? null
  const state = whole.ended.aborted ? 'cancelled' : 'done'
  whole.tell({ state, made, pictures, leftOut: whole.leftOut, first: made > 0 ? first : null })
}

async function take(file: File, { files, leftOut, ended }: Run): Promise<void> {
  if (file.size > unpackLimits.archive) leftOut.push({ path: file.name, why: 'too-large' })
  else if (isArchive(file)) {
    const unpacked = await unpack(new Uint8Array(await file.arrayBuffer()), ended)
    if (unpacked === null) leftOut.push({ path: file.name, why: 'damaged' })
    else {
      for (const [path, bytes] of unpacked.files) files.set(path, bytes)
      leftOut.push(...unpacked.leftOut.map((left) => ({ ...left, path: left.path || file.name })))
    }
  } else if (/\.(md|markdown|txt|png|jpe?g|gif|webp|avif)$/i.test(file.name))
    files.set(file.name, new Uint8Array(await file.arrayBuffer()))
  else leftOut.push({ path: file.name, why: 'other-kind' })
}

async function makeAll(plan: Plan, run: Run): Promise<[made: number, pictures: number]> {
  let made = 0
  let pictures = 0
  const missing = new Set<string>()
  for (const document of plan.documents) {
    if (run.ended.aborted) break
    // Below a document that was refused nothing has a place.
    if (document.parentId !== null && missing.has(document.parentId)) {
      missing.add(document.id)
      run.leftOut.push({ path: document.path, why: 'refused' })
      continue
    }
    try {
      pictures += await make(document, plan, run)
      made++
    } catch (error) {
      missing.add(document.id)
      run.leftOut.push({ path: document.path, why: 'refused', ...saidBy(error) })
      // Without a connection the rest would fare the same.
      if (error instanceof OfflineError) break
    }
    run.tell({ made, pictures, leftOut: run.leftOut })
  }
  return [made, pictures]
}

/** Makes one document, and sends its pictures. */
async function make(document: PlannedDocument, plan: Plan, run: Run): Promise<number> {
  const { workspaceId } = run
  const found = await picturesOf(document, run)
  const markdown = document.markdown === null ? '' : anew(document, plan, found, run)
  const commandId = CommandId.parse(randomId())
  const { id, parentId, title } = document
  await patiently(run, () =>
    api.documents.create({ workspaceId, id, parentId, title, markdown }, { context: { commandId } }),
  )
  let sent = 0
  for (const [path, picture] of found) {
    try {
      await patiently(run, () => send(picture, path, document, run))
      sent++
    } catch (error) {
      run.leftOut.push({ path, why: 'refused', ...saidBy(error) })
    }
  }
  return sent
}

async function send(picture: Picture, path: string, { id }: PlannedDocument, run: Run): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const { userId, ended } = run
  const { error } = await sendFile(picture, { documentId: id, name, userId, signal: ended, progress: () => undefined })
  if (error !== null) throw error
}

const breath = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function patiently<T>({ ended }: Run, work: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work()
    } catch (error) {
      const mayPass = error instanceof OfflineError || (error instanceof WeftError && error.reaction === 'retry')
      if (!mayPass || ended.aborted) throw error
      await breath(pause)
    }
  }
  return work()
}

const saidBy = (error: unknown): { message?: string } => (error instanceof WeftError ? { message: error.message } : {})

/** The pictures of a text that lie in the archive, each with an id of its own in this document. */
async function picturesOf({ markdown, path }: PlannedDocument, run: Run): Promise<Map<string, Picture>> {
  const named = new Set<string>()
  const note = (address: string): string => {
    const at = resolved(path, address)
    if (at !== null && run.files.has(at)) named.add(at)
    return address
  }
  parseMarkdown(markdown ?? '', { link: note, picture: note })
  const found = new Map<string, Picture>()
  for (const at of named) {
    if (!/\.(png|jpe?g|gif|webp|avif)$/i.test(at) || run.ended.aborted) continue
    const prepared = await preparePicture(new Blob([run.files.get(at) ?? new Uint8Array()]))
    if (typeof prepared !== 'string') found.set(at, { ...prepared, fileId: FileId.parse(randomId()) })
    else run.leftOut.push({ path: at, why: prepared === 'too-large' ? 'too-large' : 'not-a-picture' })
  }
  return found
}

/** The text with addresses that lead to the same things here. */
function anew(document: PlannedDocument, plan: Plan, pictures: Map<string, Picture>, { workspaceId }: Run): string {
  const { path, markdown } = document
  const pictureAt = (address: string): string | null => {
    const picture = pictures.get(resolved(path, address) ?? '')
    return picture === undefined ? null : fileAddress(picture)
  }
  const link = (address: string): string => {
    const id = documentAt(plan, path, address)
    return id === null ? (pictureAt(address) ?? address) : `/w/${workspaceId}/d/${id}`
  }
  return markdownOf(parseMarkdown(markdown ?? '', { link, picture: (address) => pictureAt(address) ?? address }))
}
