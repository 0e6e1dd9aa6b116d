/** What the transport asks of a page, in Node: a place for its listeners that nothing ever happens to. */
const page = new EventTarget()
Object.assign(globalThis, { window: page, document: Object.assign(page, { visibilityState: 'visible' }) })
Object.defineProperty(globalThis.navigator, 'onLine', { value: true, configurable: true })
