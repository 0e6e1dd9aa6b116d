import { commandUserHeader } from '@weft/shared/api'
import { uploadedTo } from '@weft/shared/files'
import { ErrorBody, WeftError } from '@weft/shared/kit'
import { OfflineError } from '../../kit/api.ts'
import type { WaitingFile } from './FileStore.ts'

export interface Sending {
  documentId: string
  name: string
  /** Whose file it is: the server takes it from nobody else. */
  userId: string
  signal: AbortSignal
  /** From 0 to 1. */
  progress(share: number): void
}

/** A connection that moves nothing for so long is dead; ms. What moves is waited for. */
const silence = 30_000

/** Sends a file and resolves when the server keeps it. Rejects as `api` does, with what `Retry-After` said. */
export function sendFile(file: WaitingFile, sending: Sending): Promise<{ after: string | null; error: unknown }> {
  const { documentId, name, userId, signal, progress } = sending
  const { promise, resolve } = Promise.withResolvers<{ after: string | null; error: unknown }>()
  // `fetch` does not say how much has gone up.
  const request = new XMLHttpRequest()
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => request.abort(), silence)
  }
  const settle = (error: unknown, after: string | null = null): void => {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    resolve({ after, error })
  }
  const stop = (): void => request.abort()
  request.open('PUT', `${uploadedTo(documentId, file.fileId)}?name=${encodeURIComponent(name)}`)
  request.setRequestHeader('content-type', file.type)
  request.setRequestHeader(commandUserHeader, userId)
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    alive()
    progress(total === 0 ? 0 : loaded / total)
  })
  request.addEventListener('load', () => {
    if (request.status >= 200 && request.status < 300) settle(null)
    else settle(refusalIn(request), request.getResponseHeader('retry-after'))
  })
  request.addEventListener('error', () => settle(new OfflineError()))
  request.addEventListener('abort', () => settle(new OfflineError()))
  signal.addEventListener('abort', stop)
  if (signal.aborted) settle(new OfflineError())
  else {
    alive()
    request.send(file.bytes)
  }
  return promise
}

/** Only the server's own word is a refusal: anybody on the way may answer with a status. */
function refusalIn({ responseText }: XMLHttpRequest): unknown {
  try {
    const { id, message } = ErrorBody.parse(JSON.parse(responseText))
    return new WeftError(id, message)
  } catch (cause) {
    return new OfflineError({ cause })
  }
}
