import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/** How often the loop is looked at, in ms: every block that people could notice is many times longer. */
const resolution = 20

/**
 * Loaded into the server under test before its own script (`--import`): answers each message of the bench with the
 * longest block of the event loop since the last one, in ms.
 */
if (isMainThread && process.send !== undefined) {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  process.on('message', () => {
    process.send?.({ longestBlock: Math.max(0, delay.max / 1e6 - resolution) })
    delay.reset()
  })
  // Neither the question nor the channel is a reason to live on.
  process.channel?.unref()
}
