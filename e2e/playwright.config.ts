import { defineConfig } from '@playwright/test'

/** Debian's Chromium calls home at its start unless it is told not to; as root it needs --no-sandbox. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

/** nginx has a certificate of the test's own; all that is asked is on this machine. */
const believing = ['--ignore-certificate-errors']

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Two cores: one browser at a time, each with several contexts.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json']],
  outputDir: '../test-results',
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [...quiet, ...believing, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
})
