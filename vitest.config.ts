import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** In ms. What a busy machine may take; a test that hangs is told apart from a slow one by nothing else. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

const fromRoot = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'shared', root: fromRoot('./shared'), include: ['src/**/*.test.ts'], ...patience } },
      {
        test: {
          name: 'server',
          root: fromRoot('./server'),
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          ...patience,
        },
      },
      {
        test: {
          name: 'fuzz',
          root: fromRoot('./e2e'),
          include: ['fuzz/**/*.test.ts'],
          ...patience,
          testTimeout: 180_000,
        },
      },
      {
        extends: './vite.config.ts',
        test: {
          name: 'client',
          root: fromRoot('./client'),
          include: ['{src,worker}/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['./src/kit/testing/setup.ts'],
          ...patience,
        },
      },
    ],
  },
})
