import type { Documents } from '../documents/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import type { Commit } from '../workspaces/index.ts'

/** What files need of the other rooms; `app.ts` puts it together. */
export interface FilesDependencies {
  storage: Storage
  clock: Clock
  log: Log
  commit: Commit
  documents: Pick<Documents, 'roleOf' | 'rolesOf' | 'workspaceOf'>
  /** Where files are kept. */
  directory: string
  limits: { fileBytes: number; workspaceFileBytes: number; filesPerMinute: number; linkPreviewsPerMinute: number }
  /** Whether, and where beyond the open web, pages elsewhere are looked at. */
  linkPreviews: { on: boolean; hosts: readonly string[] }
}
