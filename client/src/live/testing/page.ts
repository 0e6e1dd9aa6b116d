/**
 * For tests of the transport, which run in Node: its WebSocket is the platform's, which jsdom's is not. The two objects
 * that a page listens to are plain event targets.
 */
export function standInPage(): void {
  if (globalThis.window === undefined) Object.assign(globalThis, { window: new EventTarget() })
  if (globalThis.document !== undefined) return
  Object.assign(globalThis, { document: Object.assign(new EventTarget(), { visibilityState: 'visible' }) })
}
