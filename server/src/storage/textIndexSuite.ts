import { DocumentId, must, randomId, UserId, WorkspaceId } from '@weft/shared/kit'
import type { MarkedText } from '@weft/shared/search'
import fc from 'fast-check'
import { type SqlBool, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Storage } from './port.ts'
import type { FoundText, TextPlace, TextTerm } from './textIndex.ts'

const word = (text: string): TextTerm => ({ text, open: false })
const beginning = (text: string): TextTerm => ({ text, open: true })
const words = (text: string): TextTerm[] => text.split(' ').map(word)
const marksOf = ({ text, marks }: MarkedText): string[] => marks.map(([start, end]) => text.slice(start, end))

interface Planted {
  title?: string
  body?: string
  updatedAt?: number
}

/** What the text index of every backend must do; `open` gives a new, empty database that is deleted with the tests. */
export function describeTextIndex(name: string, open: () => Promise<Storage>): void {
  describe(name, () => {
    let storage: Storage
    beforeAll(async () => {
      storage = await open()
    })
    afterAll(() => storage.close())

    /** A workspace of its own for each test, whose documents others do not find. */
    async function library() {
      const workspaceId = WorkspaceId.parse(randomId())
      await storage.transaction((tx) =>
        tx
          .insertInto('workspaces')
          .values({ id: workspaceId, name: 'W', created_by: someone, created_at: 0 })
          .execute(),
      )
      const write = (documentId: DocumentId, { title = '', body = '' }: Planted, seq = 1) =>
        storage.textIndex.write([{ documentId, title, body, seq, version: 1 }])
      return {
        workspaceId,
        write,
        async plant(planted: Planted): Promise<DocumentId> {
          const id = DocumentId.parse(randomId())
          await storage.transaction((tx) =>
            tx
              .insertInto('documents')
              .values({
                id,
                workspace_id: workspaceId,
                parent_id: null,
                position: 'a0',
                title: planted.title ?? '',
                kind: 'rich',
                created_by: someone,
                created_at: 0,
                updated_at: planted.updatedAt ?? 0,
                removed_at: null,
                set_aside: null,
              })
              .execute(),
          )
          await write(id, planted)
          return id
        },
        find: (terms: TextTerm[], more: { among?: DocumentId[]; after?: TextPlace; limit?: number } = {}) =>
          storage.textIndex.find({
            workspaceId,
            terms,
            among:
              more.among === undefined
                ? sql<SqlBool>`documents.removed_at is null`
                : sql<SqlBool>`documents.id in (${sql.join(more.among)})`,
            after: more.after ?? null,
            limit: more.limit ?? 100,
          }),
      }
    }
    const someone = UserId.parse(randomId())
    const ids = (found: readonly FoundText[]): DocumentId[] => found.map(({ documentId }) => documentId)

    test('all words must be there, in any order, in the title or the body', async () => {
      const { plant, find } = await library()
      const both = await plant({ title: 'The loom', body: 'It has warp and weft.' })
      await plant({ title: 'The loom', body: 'It stands still.' })
      expect(ids(await find(words('weft loom')))).toEqual([both])
      expect(ids(await find(words('weft nowhere')))).toEqual([])
      expect(await find([])).toEqual([])
    })

    test('a phrase stands together; what is no letter or digit only separates', async () => {
      const { plant, find } = await library()
      const mail = await plant({ body: 'Send an e-mail, then wait.' })
      await plant({ body: 'An e, and later mail' })
      expect(ids(await find([word('e-mail')]))).toEqual([mail])
      expect(ids(await find([word('E MAIL then')]))).toEqual([mail])
      expect(ids(await find([word('then mail')]))).toEqual([])
    })

    test('an open term finds what begins so; one letter does that in titles alone', async () => {
      const { plant, find } = await library()
      const [weft, phrase] = [await plant({ body: 'weft' }), await plant({ title: 'Warp and weaving' })]
      expect(ids(await find([beginning('we')])).toSorted()).toEqual([weft, phrase].toSorted())
      expect(ids(await find([word('we')]))).toEqual([])
      expect(ids(await find([beginning('warp and wea')]))).toEqual([phrase])
      expect(ids(await find([beginning('w')]))).toEqual([phrase])
    })

    test('case, accents and the form of letters make no difference, and marks are where they stand', async () => {
      const { plant, find } = await library()
      const id = await plant({ title: 'Über die Wölfe', body: 'Le cafe\u0301 de Gül, ИЗБА' })
      for (const query of ['uber wolfe', 'ÜBER', 'u\u0308ber', 'café', 'cafe', 'CAFE\u0301', 'gul', 'изба']) {
        expect(ids(await find(words(query))), query).toEqual([id])
      }
      const [found] = await find(words('WOLFE gul'))
      expect(must(found, 'the document').title).toEqual({ text: 'Über die Wölfe', marks: [[9, 14]] })
      expect(marksOf(must(found?.excerpt, 'an excerpt'))).toEqual(['Gül'])
    })

    test('scripts without spaces are found by any part, and shown as they are', async () => {
      const { plant, find } = await library()
      const id = await plant({ title: '東京都の計画', body: 'iPhone手机は便利です。서울에서 만나요. สวัสดีชาวโลก' })
      for (const query of ['京都', '計画', '手机', '便利', 'iphone', '서울', '에서', 'ชาวโลก']) {
        expect(ids(await find([beginning(query)])), query).toEqual([id])
      }
      expect(await find([word('都京')])).toEqual([])
      const [found] = await find([word('京都'), word('手机')])
      expect(must(found, 'the document').title).toEqual({ text: '東京都の計画', marks: [[1, 3]] })
      expect(marksOf(must(found?.excerpt, 'an excerpt'))).toEqual(['手机'])
    })

    test('all words in the title come first, then what has more of them; the newest of equals', async () => {
      const { plant, find } = await library()
      const often = await plant({ body: 'shuttle '.repeat(8), updatedAt: 1 })
      const inTitle = await plant({ title: 'A shuttle', body: 'of wood', updatedAt: 1 })
      const newer = await plant({ title: 'My shuttle', body: 'of iron', updatedAt: 2 })
      const once = await plant({ body: `A shuttle ${'among many other things '.repeat(40)}`, updatedAt: 9 })
      for (let n = 0; n < 12; n++) await plant({ body: `Nothing of the kind ${n}` })
      expect(ids(await find([word('shuttle')]))).toEqual([newer, inTitle, often, once])
    })

    test('pages join without a gap and without a repeat', async () => {
      const { plant, find } = await library()
      const all: DocumentId[] = []
      for (let n = 0; n < 23; n++) {
        all.push(await plant({ title: n % 3 ? 'x' : 'thread', body: `thread ${'y '.repeat(n % 5)}`, updatedAt: n % 4 }))
      }
      const seen: DocumentId[] = []
      for (let after: TextPlace | undefined; ; ) {
        const page = await find([word('thread')], { limit: 5, ...(after === undefined ? {} : { after }) })
        seen.push(...ids(page))
        after = page.at(-1)
        if (page.length < 5) break
        expect(page).toHaveLength(5)
      }
      expect(seen).toEqual(ids(await find([word('thread')])))
      expect(seen.toSorted()).toEqual(all.toSorted())
    })

    test('[ACCESS-1] only documents that fit the condition are found, and pages are full of those', async () => {
      const { plant, find } = await library()
      const all: DocumentId[] = []
      for (let n = 0; n < 20; n++) all.push(await plant({ body: 'secret' }))
      const among = all.filter((_, n) => n % 4 === 3)
      expect(ids(await find([word('secret')], { among, limit: 5 })).toSorted()).toEqual(among.toSorted())
      const elsewhere = await library()
      expect(await elsewhere.find([word('secret')])).toEqual([])
    })

    test('a document is found by what was written last, and by nothing that it had before', async () => {
      const { plant, write, find } = await library()
      const id = await plant({ title: 'Old', body: 'first words' })
      await write(id, { title: 'New', body: 'second words' }, 2)
      expect(ids(await find(words('new second')))).toEqual([id])
      for (const gone of ['old', 'first']) expect(await find([word(gone)])).toEqual([])
      const position = await storage.read
        .selectFrom('search_positions')
        .where('document_id', '=', id)
        .select(['title', 'seq', 'version'])
        .execute()
      expect(position).toEqual([{ title: 'New', seq: 2, version: 1 }])
      // It shows its title as it is in the tree, which may be ahead.
      expect((await find([word('new')]))[0]?.title).toEqual({ text: 'Old', marks: [] })
    })

    test('a long body is found once, by words anywhere in it, and is gone when it has become short', async () => {
      const { plant, write, find } = await library()
      const filling = (n: number) => `${'lorem ipsum dolor sit amet '.repeat(2_000)}needle${n} thread\n`
      const id = await plant({ title: 'Long', body: [1, 2, 3, 4].map(filling).join('') })
      for (const needle of ['needle1', 'needle2', 'needle3', 'needle4']) {
        const found = await find([word('long'), word(needle)])
        expect(ids(found)).toEqual([id])
        expect(marksOf(must(found[0]?.excerpt, 'an excerpt'))).toEqual([needle])
      }
      expect(ids(await find([word('thread')]))).toEqual([id])
      await write(id, { title: 'Long', body: filling(1) }, 2)
      expect(ids(await find([word('needle1')]))).toEqual([id])
      expect(await find([word('needle4')])).toEqual([])
    })

    test('a document that does not exist, or is deleted for good, is passed over, also beside others', async () => {
      const { plant, write, find } = await library()
      const [gone, kept] = [await plant({ body: 'spindle' }), await plant({ body: 'spindle' })]
      await storage.transaction((tx) => tx.deleteFrom('documents').where('id', '=', gone).execute())
      expect(ids(await find([word('spindle')]))).toEqual([kept])
      const nobodys = DocumentId.parse(randomId())
      const texts = [gone, nobodys, kept].map((documentId) => ({
        documentId,
        title: '',
        body: 'distaff',
        seq: 2,
        version: 1,
      }))
      await storage.textIndex.write(texts)
      await write(nobodys, { body: 'spindle' })
      expect(ids(await find([word('distaff')]))).toEqual([kept])
    })

    test('excerpts are text with ranges: what looks like markup, or like marks, is text', async () => {
      const { plant, find } = await library()
      await plant({
        title: '<b>bobbin</b>',
        body: '\u0002x\u0003 <script>bobbin</script> &amp; \0 \u200b "bobbin" bobbin',
      })
      const [found] = await find([word('bobbin')])
      expect(must(found, 'the document').title).toEqual({ text: '<b>bobbin</b>', marks: [[3, 9]] })
      const excerpt = must(found?.excerpt, 'an excerpt')
      expect(marksOf(excerpt)).toEqual(['bobbin', 'bobbin', 'bobbin'])
      expect(excerpt.text).toContain('<script>bobbin</script> &amp;')
      expect(excerpt.text).not.toMatch(/\p{Cc}|\u200b/u)
    })

    test('a body without the words shows its beginning, an empty one nothing', async () => {
      const { plant, find } = await library()
      const [full, empty] = [
        await plant({ title: 'Heddle', body: 'Begins here.', updatedAt: 1 }),
        await plant({ title: 'Heddle' }),
      ]
      const found = await find([word('heddle')])
      expect(found.map(({ documentId, excerpt }) => [documentId, excerpt])).toEqual([
        [full, { text: 'Begins here.', marks: [] }],
        [empty, null],
      ])
    })

    test('no text and no term is an error: what is written is found by its own words', async () => {
      const { plant, write, find } = await library()
      const id = await plant({})
      const text = fc.string({ unit: 'binary', maxLength: 60 })
      const nasty = fc
        .array(
          fc.constantFrom(
            '"',
            '*',
            '(',
            ')',
            '^',
            ':',
            '-',
            '+',
            '{',
            '}',
            'AND',
            'OR',
            'NOT',
            'NEAR',
            'title',
            '\0',
            ' ',
            'a',
          ),
          {
            maxLength: 12,
          },
        )
        .map((pieces) => pieces.join(''))
      const any = fc.oneof(text, nasty)
      let seq = 1
      await fc.assert(
        fc.asyncProperty(
          any,
          any,
          fc.array(fc.record({ text: any, open: fc.boolean() }), { maxLength: 4 }),
          async (title, body, terms) => {
            await write(id, { title, body: `${body} always` }, ++seq)
            await find(terms)
            expect(ids(await find([word('always')]))).toEqual([id])
            // A letter that the index does not know yet separates, so only what everybody knows.
            const known = /[a-z0-9]+/i.exec(body)?.[0]
            if (known !== undefined && known === body.trim()) expect(ids(await find([word(known)]))).toEqual([id])
          },
        ),
        { numRuns: 150 },
      )
    })

    test('questions that come at once are answered, each with its own', async () => {
      const { plant, find } = await library()
      const planted = await Promise.all(['carder', 'comber', 'spinner'].map((body) => plant({ body })))
      const found = await Promise.all(['carder', 'comber', 'spinner'].map((text) => find([word(text)])))
      expect(found.map(ids)).toEqual(planted.map((id) => [id]))
    })
  })
}
