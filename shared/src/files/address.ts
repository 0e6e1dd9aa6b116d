import { FileId } from '../kit/index.ts'

/** What a text says of a picture. */
export interface FileAddress {
  fileId: FileId
  /** In pixels, so that a page can keep its place before it has arrived; null: nobody knows. */
  width: number | null
  height: number | null
}

const pattern = /^(?:https?:\/\/[^/?#]+)?\/api\/v1\/files\/([A-Za-z0-9_-]{16,40})(?:#(\d{1,5})x(\d{1,5}))?$/

/** Where a stored picture is served from. */
export const servedAt = (fileId: string): string => `/api/v1/files/${fileId}`

/** Where somebody sends a new picture of a document to. */
export const uploadedTo = (documentId: string, fileId: string): string =>
  `/api/v1/documents/${documentId}/files/${fileId}`

/** Where this server shows a picture from elsewhere. */
export const fetchedFrom = (address: string): string => `/api/v1/picture?address=${encodeURIComponent(address)}`

/** The address of a stored picture for a text, with its size behind `#`. */
export const fileAddress = ({ fileId, width, height }: FileAddress): string =>
  servedAt(fileId) + (width !== null && height !== null ? `#${width}x${height}` : '')

/** Reads such an address, on whatever host: an installation may change its own. Null: it is another one. */
export function readFileAddress(address: string): FileAddress | null {
  const [, id, width, height] = pattern.exec(address) ?? []
  const { data: fileId } = FileId.safeParse(id)
  if (fileId === undefined) return null
  const known = Number(width) > 0 && Number(height) > 0
  return { fileId, width: known ? Number(width) : null, height: known ? Number(height) : null }
}
