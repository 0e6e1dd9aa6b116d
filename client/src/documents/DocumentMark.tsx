import type { Document } from '@weft/shared/documents'
import { FileText } from 'lucide-react'

/** What stands before a document's title: its emoji, or a sheet of paper. It says nothing that the title does not. */
export function DocumentMark({ icon, size = 16 }: Pick<Document, 'icon'> & { size?: number }) {
  return (
    <span
      aria-hidden
      className="inline-flex shrink-0 items-center justify-center text-faint leading-none"
      style={{ width: size, height: size, fontSize: size - 2 }}
    >
      {icon === null ? <FileText size={size} /> : icon}
    </span>
  )
}
