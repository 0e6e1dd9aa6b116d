import { markdownLimit } from '@weft/shared/documents'
import { describe, expect, it } from 'vitest'
import { readMarkdown, splitTitle } from './importMarkdown.ts'

const file = (content: BlobPart, name = 'notes.md') => new File([content], name)

describe('a Markdown file', () => {
  it('gives its first heading as the title, and the rest as the text', () => {
    expect(splitTitle('# Team *handbook* #\n\nHello.\n', 'x.md')).toEqual({
      title: 'Team handbook',
      markdown: 'Hello.\n',
    })
  })

  it('without a heading at its start is called as the file, and stays whole', () => {
    const markdown = 'Hello.\n\n# Later\n'
    expect(splitTitle(markdown, 'My notes.v2.md')).toEqual({ title: 'My notes.v2', markdown })
    expect(splitTitle('## Second level\n', 'x.md')).toEqual({ title: 'x', markdown: '## Second level\n' })
  })

  it('is read as UTF-8', async () => {
    expect(await readMarkdown(file('# Grüße 🚲\nText'))).toEqual({ title: 'Grüße 🚲', markdown: 'Text' })
  })

  it('that is no text is refused', async () => {
    expect(await readMarkdown(file(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe])))).toBe('not-text')
    expect(await readMarkdown(file('a\0b'))).toBe('not-text')
  })

  it('that is too large is refused', async () => {
    expect(await readMarkdown(file('a'.repeat(markdownLimit + 1)))).toBe('too-large')
  })
})
