import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { onlyWoff2 } from './scripts/onlyWoff2.ts'
import { precompress } from './scripts/precompress.ts'
import { serviceWorker } from './scripts/serviceWorker.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.WEFT_SERVER ?? 'http://127.0.0.1:3000'

const otherLanguage = /\/kit\/locales\/(?!en\/)(\w+)\//

export default defineConfig({
  root: fromRoot('./client'),
  // Last, so that the list of files to keep on the device has each of them once.
  plugins: [onlyWoff2(), react(), tailwindcss(), serviceWorker(), precompress()],
  resolve: { dedupe: ['yjs', 'y-protocols', 'prosemirror-model', '@tiptap/core', '@tiptap/pm'] },
  build: {
    outDir: fromRoot('./client/dist'),
    emptyOutDir: true,
    sourcemap: true,
    target: 'es2022',
    rolldownOptions: {
      output: {
        // What every page starts with comes in two files, libraries (which seldom change) and our own: dozens of small
        // ones compress worse and cost a request each.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
            // The words of one language come together, before the first page of those who chose it.
            { name: (id) => `words-${otherLanguage.exec(id)?.[1]}`, test: otherLanguage },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': server,
      '/sync': { target: server, ws: true },
      '^/s/': server,
      '/healthz': server,
      '/readyz': server,
    },
  },
})
