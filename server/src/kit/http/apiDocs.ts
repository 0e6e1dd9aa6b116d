import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { apiContract } from '@weft/shared/api'
import { escapeHtml } from '../html.ts'
import { describeRaw, type RawRoute } from './rawRoutes.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The OpenAPI document of the whole contract, and of what answers otherwise than with an object. */
export async function openApiDocument(publicUrl: string, raw: readonly RawRoute[]): Promise<OpenAPI.Document> {
  const document = await new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(
    apiContract,
    {
      info: {
        title: 'Weft',
        version: '1',
        description:
          'Sign in at /api/auth/sign-in/email; the cookie then says who you are. Commands may carry their id in the ' +
          'header Idempotency-Key: repeating one changes nothing. Every error answers { id, reaction, message }.',
      },
      servers: [{ url: `${publicUrl}/api/v1` }],
    },
  )
  document.paths = { ...document.paths, ...describeRaw(raw) }
  return document
}

const json = (title: string, value: unknown): string =>
  value === undefined
    ? ''
    : `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>`

function operations(document: OpenAPI.Document): string {
  return Object.entries(document.paths ?? {})
    .flatMap(([path, item]) =>
      methods.map((method) => {
        const operation = item?.[method]
        if (!operation) return ''
        return `<section><h2><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h2><p>${escapeHtml(operation.summary ?? '')}</p>${json('Parameters', operation.parameters)}${json('Body', operation.requestBody)}${json('Answers', operation.responses)}</section>`
      }),
    )
    .join('\n')
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
h2{font-size:1rem;margin:2rem 0 0}p{margin:.25rem 0}pre{overflow:auto;font-size:.8rem}summary{cursor:pointer}`

/** The same document for people: one page without scripts, so that it needs nothing from anywhere. */
export const docsPage = (document: OpenAPI.Document): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Weft: HTTP interface</title>
<style>${style}</style>
<h1>HTTP interface</h1><p>${escapeHtml(document.info.description ?? '')}</p><p><a href="/api/v1/openapi.json">openapi.json</a></p>
${operations(document)}
</html>
`
