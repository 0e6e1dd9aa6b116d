/**
 * For tests of the transport, which run in Node: its WebSocket is the platform's, which jsdom's is not. The two objects
 * that a page listens to are plain event targets.
 */
export function standInPage(): void {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  Object.assign(globalThis, { window: globalThis.window ?? new EventTarget(), document: globalThis.document ?? page })
}
