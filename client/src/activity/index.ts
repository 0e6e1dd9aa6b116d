/** Loaded when it is opened. */
export const loadActivityPage = async () => (await import('./ActivityPage.tsx')).ActivityPage
