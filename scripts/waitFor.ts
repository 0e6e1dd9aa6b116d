/** Waits until the server there can serve; throws after `seconds`. */
export async function waitForServer(url: string, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the server at ${url} did not get ready within ${seconds} s`)
}
