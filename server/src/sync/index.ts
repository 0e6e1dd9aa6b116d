export type { SyncLimits } from './bounds.ts'
export { createSync, type Sync, type SyncStats } from './createSync.ts'
export type { SyncDependencies } from './dependencies.ts'
