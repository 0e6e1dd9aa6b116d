/** Loaded when it is opened. */
export const loadActivityPage = async () => (await import('./ActivityPage.tsx')).ActivityPage
/** The same at the side of a document. */
export const loadActivityPanel = async () => (await import('./ActivityPanel.tsx')).ActivityPanel
