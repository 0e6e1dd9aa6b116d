import type { FeedData } from './data.ts'

/** What a page asks for; the words and people differ from one to the next. */
export type Question = (data: FeedData, random: () => number) => Record<string, string>

const pick = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T
/** The busy ones come first. */
const busy = <T>(list: readonly T[], random: () => number): T => list[Math.floor(list.length * random() ** 3)] as T
const somewhen = ({ from, until }: FeedData, random: () => number): number =>
  Math.floor(from + (until - from) * random())

export const questions: Readonly<Record<string, Question>> = {
  newest: () => ({}),
  'a page far back': (data, random) => ({ cursor: `${somewhen(data, random)}-1` }),
  'a person': ({ people }, random) => ({ actorId: busy(people, random) }),
  'the busiest person, far back': (data, random) => ({
    actorId: data.people[0] ?? '',
    cursor: `${somewhen(data, random)}-1`,
  }),
  'a document': ({ documents }, random) => ({
    documentId: documents[200 + Math.floor((documents.length - 200) * random() ** 3)] ?? '',
  }),
  'a frequent type': () => ({ types: 'document.edited' }),
  'rare types': () => ({ types: 'document.restored,document.removed' }),
  'a rare type of one person': ({ people }, random) => ({ types: 'document.restored', actorId: busy(people, random) }),
  'a person in a document': ({ people, documents }, random) => ({
    documentId: documents[200 + Math.floor(100 * random())] ?? '',
    actorId: busy(people, random),
  }),
  'a week, of one type': (data, random) => {
    const from = somewhen(data, random)
    return { from: String(from), until: String(from + 7 * 86_400_000), types: 'document.moved' }
  },
  'search: a rare word': ({ words }, random) => ({ search: words[1_000 + Math.floor(1_000 * random())] ?? '' }),
  'search: a frequent word': ({ words }, random) => ({ search: words[Math.floor(20 * random())] ?? '' }),
  'search: the beginning of many words': (_, random) => ({ search: pick(['bu', 'ra', 'to', 'mi', 'b', 'g'], random) }),
  'search: a name': (_, random) => ({ search: pick(['gul', 'lea', 'cem', 'ada'], random) }),
  'search: a name and a word': ({ words }, random) => ({
    search: `${pick(['gul', 'lea', 'cem'], random)} ${pick(words, random)}`,
  }),
  'search: nothing has it': () => ({ search: 'xylophone' }),
  'search: of one person, far back': (data, random) => ({
    search: pick(data.words, random),
    actorId: busy(data.people, random),
    cursor: `${somewhen(data, random)}-1`,
  }),
}
