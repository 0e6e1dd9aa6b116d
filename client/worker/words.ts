/** What pages and the service worker say to each other. Pages of other versions listen too: words may only be added. */
export interface VersionWord {
  type: 'version'
  /** Of the application that a page loaded now would be. */
  version: string
}

/** To a page: somebody has clicked on what was pushed. */
export interface GoWord {
  type: 'go'
  /** Of this server. */
  path: string
}

export const isGoWord = (data: unknown): data is GoWord =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  data.type === 'go' &&
  'path' in data &&
  typeof data.path === 'string'

export const askVersion = 'which-version'
