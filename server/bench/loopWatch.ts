import { isMainThread } from 'node:worker_threads'

/** How often the loop is looked at, in ms: every block that people could notice is many times longer. */
const resolution = 20

/**
 * Loaded into the server under test before its own script (`--import`): answers each message of the bench with the
 * longest block of the event loop since the last one, in ms; and with the most CPU time that its thread used between
 * two turns, which a machine that is busy with something else does not lengthen.
 */
if (isMainThread && process.send !== undefined) {
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let longestBlock = 0
  let longestWork = 0
  let at = performance.now()
  let cpu = cpuMs()
  const look = (): void => {
    const now = performance.now()
    const used = cpuMs()
    longestBlock = Math.max(longestBlock, now - at - resolution)
    longestWork = Math.max(longestWork, used - cpu)
    at = now
    cpu = used
  }
  setInterval(look, resolution).unref()
  process.on('message', () => {
    process.send?.({ longestBlock, longestWork })
    longestBlock = 0
    longestWork = 0
  })
  // Neither the question nor the channel is a reason to live on.
  process.channel?.unref()
}
