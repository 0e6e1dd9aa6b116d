/** Waits for a condition; the limit is only there to name what never came. */
export async function until(what: string, holds: () => boolean, ms = 60_000): Promise<void> {
  const deadline = Date.now() + ms
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
