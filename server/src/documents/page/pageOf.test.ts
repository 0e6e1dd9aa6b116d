import { applyMarkdown } from '@weft/shared/editor'
import { randomId } from '@weft/shared/kit'
import { fields, seedUpdate, setTitle } from '@weft/shared/text'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { pageOf } from './pageOf.ts'
import type { TextPage } from './textPage.ts'

function written(markdown: string, title = 'Looms', kind: 'rich' | 'plain' = 'rich'): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(kind))
  setTitle(doc, title)
  applyMarkdown(doc, markdown, { title })
  return doc
}

/** As somebody's program may have written it. */
function holding(...nodes: Y.XmlElement[]): Y.Doc {
  const doc = written('')
  doc.getXmlFragment(fields.body).push(nodes)
  return doc
}

function element(name: string, attributes: Record<string, unknown>, ...inside: (Y.XmlElement | Y.XmlText)[]) {
  const node = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value as string)
  node.push(inside)
  return node
}

const htmlOf = ({ parts }: TextPage): string =>
  parts
    .map((part) => (typeof part === 'string' ? part : 'word' in part ? `{${part.word}}` : `/${part.picture}`))
    .join('')
const html = (markdown: string): string => htmlOf(pageOf(written(markdown)))

describe('a text as a page', () => {
  test.for([
    ['Some **bold *and slanted*** words', '<p>Some <strong>bold <em>and slanted</em></strong> words</p>'],
    ['# One\n\n###### Six', '<h2>One</h2><h6>Six</h6>'],
    ['## Two\n\n### Three\n\n## Two', '<h2>Two</h2><h3>Three</h3><h2>Two</h2>'],
    ['- one\n- two', '<ul><li><p>one</p></li><li><p>two</p></li></ul>'],
    ['3. three', '<ol start="3"><li><p>three</p></li></ol>'],
    ['> said', '<blockquote><p>said</p></blockquote>'],
    ['---', '<hr>'],
    [
      '- [x] done',
      '<ul class="tasks"><li class="done"><span class="box" role="img" aria-label="{done}">✓</span><div><p>done</p></div></li></ul>',
    ],
    ['```ts\na < b\n```', '<pre role="group" tabindex="0" aria-label="{code}"><code>a &#60; b</code></pre>'],
    ['> [!TIP]\n> Oil it', '<div class="callout tip"><p class="kind">{tip}</p><p>Oil it</p></div>'],
    [
      '<details>\n<summary>More</summary>\n\nhidden\n\n</details>',
      '<details><summary>More</summary><p>hidden</p></details>',
    ],
    [
      '| a | b |\n| - | -: |\n| c | d |',
      '<div class="table" role="group" tabindex="0" aria-label="{table}"><table><tr><th scope="col"><p>a</p></th><th scope="col" class="right"><p>b</p></th></tr><tr><td><p>c</p></td><td class="right"><p>d</p></td></tr></table></div>',
    ],
    [
      '[a page](https://example.org "Its title")',
      '<p><a href="https://example.org" rel="noopener noreferrer nofollow ugc" title="Its title">a page</a></p>',
    ],
  ])('%s', ([markdown = '', expected]) => expect(html(markdown)).toBe(expected))

  test('formulas are MathML, and what is none stays as it is written', () => {
    expect(html('$a^2$')).toMatch(/<p><span class="katex"><math[^>]*>.*<msup>.*<\/math><\/span><\/p>/)
    expect(html('$$\n\\frac{1\n$$')).toContain('<code>\\frac{1</code>')
    expect(html('$\\href{javascript:alert(1)}{x}$')).not.toContain('href=')
  })

  test('a document without blocks is its text', () => {
    const page = pageOf(written('<b>&\n  as it is', 'Notes', 'plain'))
    expect(page).toMatchObject({ title: 'Notes', start: '<b>& as it is' })
    expect(htmlOf(page)).toBe('<pre class="plain">&#60;b&#62;&#38;\n  as it is</pre>')
  })

  test('its beginning ends with a word', () => {
    const { start } = pageOf(written('weft and warp '.repeat(100)))
    expect(start.length).toBeLessThanOrEqual(201)
    expect(start).toMatch(/^weft and warp .* (weft|and|warp)…$/)
  })

  test('pictures keep their room; those from elsewhere are asked for here', () => {
    const fileId = randomId()
    const page = pageOf(
      holding(
        element('image', { fileId, alt: 'A "loom"', caption: 'From <1890>', width: 300, height: 200, size: 48 }),
        element('image', { src: 'https://elsewhere.example/a.png', align: 'left' }),
        element('image', {}),
      ),
    )
    const [key, address] = [...page.elsewhere][0] ?? []
    expect(htmlOf(page)).toBe(
      `<p></p><figure class="middle w50"><img src="/files/${fileId}" alt="A &#34;loom&#34;" width="300" height="200" loading="lazy" decoding="async"><figcaption>From &#60;1890&#62;</figcaption></figure><figure class="left"><img src="/elsewhere/${key}" alt="" loading="lazy" decoding="async"></figure>`,
    )
    expect(page.fileIds).toEqual([fileId])
    expect(address).toBe('https://elsewhere.example/a.png')
  })
})

describe('whatever was written into Yjs', () => {
  const linkTo = (href: unknown, title: unknown = null) => {
    const text = new Y.XmlText()
    text.insert(0, 'click', { link: { href, title } })
    return element('paragraph', {}, text)
  }

  test.for(['javascript:alert(1)', 'java\tscript:alert(1)', 'data:text/html,<b>', ' vbscript:x', 7, false])(
    'an address like %j leads nowhere',
    (href) => expect(htmlOf(pageOf(holding(linkTo(href))))).toBe('<p></p><p>click</p>'),
  )

  test('nothing gets out of the place where it stands', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    const text = new Y.XmlText()
    text.insert(0, evil)
    const page = pageOf(
      holding(
        element('paragraph', {}, text),
        linkTo(`https://example.org/${evil}`, evil),
        element('script', {}, new Y.XmlText('alert(2)')),
        element('callout', { kind: evil }),
        element('codeBlock', { language: evil }, new Y.XmlText(evil)),
        element('image', { src: `https://example.org/${evil}`, alt: evil, caption: evil, align: evil, size: evil }),
        element('heading', { level: evil }, new Y.XmlText(evil)),
        element('paragraph', {}, element('mention', { userId: evil, name: evil, mentionId: evil })),
        element('paragraph', {}, element('documentLink', { documentId: evil, title: evil })),
        element('mathBlock', { latex: evil }),
      ),
    )
    const found: [tag: string, attributes: string[]][] = []
    const parser = new Parser({ onopentag: (tag, attributes) => void found.push([tag, Object.keys(attributes)]) })
    parser.end(htmlOf(page))
    expect(found.map(([tag]) => tag)).not.toContain('script')
    expect(found.filter(([tag]) => tag === 'img')).toEqual([['img', ['src', 'alt', 'loading', 'decoding']]])
    expect(found.flatMap(([, attributes]) => attributes).filter((name) => /^(on|style)/.test(name))).toEqual([])
  })

  test('blocks in blocks without an end are cut, not followed', () => {
    let nested = element('blockquote', {}, element('paragraph', {}, new Y.XmlText('deep')))
    for (let depth = 0; depth < 300; depth++) nested = element('blockquote', {}, nested)
    expect(htmlOf(pageOf(holding(nested)))).toContain('deep')
  })
})
