import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestPerson, type TestServer } from './harness.ts'

let server: TestServer
let ann: TestPerson
let workspaceId: string
beforeAll(async () => {
  server = await startTestServer({ limits: { markdownMs: 3_000 } })
  ann = await server.signUp('Ann')
  workspaceId = (await ann.api.workspaces.create({ name: 'Looms' })).id
})
afterAll(() => server.close())

/** Counts what the server answers to others until `work` has ended. */
async function answersDuring<T>(work: Promise<T>): Promise<{ answers: number; end: PromiseSettledResult<T> }> {
  let open = true
  const settled = Promise.allSettled([work]).finally(() => {
    open = false
  })
  let answers = 0
  while (open) {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    answers++
  }
  const [end] = await settled
  return { answers, end }
}

test('[LIMIT-1] Markdown that takes too long is refused, and holds up nobody meanwhile', async () => {
  const markdown = '- a\n'.repeat(500_000)
  const { answers, end } = await answersDuring(ann.api.documents.create({ workspaceId, title: 'Long', markdown }))
  expect(end).toMatchObject({ status: 'rejected', reason: { id: 'too-large' } })
  // Converted where the request is read, it would be taken after a minute in which nothing else is answered.
  expect(answers).toBeGreaterThan(10)
  expect(await ann.api.documents.list({ workspaceId })).toEqual([])
  const next = await ann.api.documents.create({ workspaceId, title: 'Next', markdown: 'word '.repeat(5_000) })
  expect(next.title).toBe('Next')
})

test('a large text comes back as it went in, beside small ones of others', async () => {
  const markdown = Array.from({ length: 400 }, (_, n) => `## Part ${n}\n\n${'Weft and warp. '.repeat(20)}`.trim())
  const large = { workspaceId, markdown: `# Long\n\n${markdown.join('\n\n')}\n` }
  const [one, two, small] = await Promise.all([
    ann.api.documents.create(large),
    ann.api.documents.create(large),
    ann.api.documents.create({ workspaceId, markdown: '# Small\n\ntext\n' }),
  ])
  expect([one.title, two.title, small.title]).toEqual(['Long', 'Long', 'Small'])
  const texts = await Promise.all([one, two, small].map(({ id }) => ann.api.documents.export({ documentId: id })))
  const written = `${markdown.join('\n\n')}`
  expect(texts.map((text) => text.markdown.trim())).toEqual([written, written, 'text'])
})
