import { body } from '../harness/team.ts'
import { type Figure, type Place, workspacePath } from './place.ts'

/** kB of compressed JavaScript that the first page names, and of all the rest that has come when a document has its caret. */
export async function firstLoads(place: Place): Promise<Figure[]> {
  const context = await place.owner.openBrowser(place.browser, { serviceWorkers: 'block' })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  const scripts = new Map<string, string>()
  const kilobytes = new Map<string, number>()
  network.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') scripts.set(requestId, new URL(response.url).pathname)
  })
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = scripts.get(requestId)
    if (path !== undefined) kilobytes.set(path, encodedDataLength / 1_000)
  })
  const html = await (await page.goto(workspacePath(place)))?.text()
  const named = new Set([...(html ?? '').matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path]) => path))
  await page.getByRole('navigation').getByRole('link', { name: 'Short' }).click()
  await body(page).click()
  await page.keyboard.type('x')
  await body(page).getByText('x').first().waitFor()
  await context.close()
  const sum = (first: boolean): number =>
    [...kilobytes].filter(([path]) => named.has(path) === first).reduce((total, [, size]) => total + size, 0)
  if (![...kilobytes.keys()].some((path) => path.includes('editor'))) throw new Error('the editor was never loaded')
  return [
    { what: 'of JavaScript, compressed, before the first page', value: sum(true), unit: 'kB', most: 300 },
    { what: 'more before a document has its caret', value: sum(false), unit: 'kB', most: 300 },
  ]
}
