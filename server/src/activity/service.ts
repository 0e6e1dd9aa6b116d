import type { ActivityDependencies } from './dependencies.ts'
import { createHistory } from './history.ts'
import { projectActivity } from './projection.ts'
import { createReach } from './reach.ts'
import { createStreams } from './streams.ts'
import { feedWindow } from './window.ts'

export type Activity = ReturnType<typeof createActivity>

/** The readable history: by page, as windows, as a stream, as a file. Before the event log starts. */
export function createActivity(deps: ActivityDependencies) {
  const reaching = createReach(deps)
  const window = feedWindow(deps)
  const streams = createStreams(deps, reaching)
  projectActivity(deps, {
    entry(workspaceId, entry) {
      window.tell(entry)
      streams.tell(workspaceId, entry)
    },
    changed: window.renew,
  })
  return { ...createHistory(deps, reaching), streams, stop: streams.stop }
}
