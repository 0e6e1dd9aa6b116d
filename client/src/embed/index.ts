export const loadEmbeddingPage = async () => (await import('./EmbeddingPage.tsx')).EmbeddingPage
