/** What pages and the service worker say to each other. Pages of other versions listen too: words may only be added. */
export interface VersionWord {
  type: 'version'
  /** Of the application that a page loaded now would be. */
  version: string
}

export const askVersion = 'which-version'
