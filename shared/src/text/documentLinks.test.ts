import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { randomId } from '../kit/index.ts'
import { documentLinksIn } from './index.ts'

const bodyWith = (...nodes: (Y.XmlElement | Y.XmlText)[]): Y.XmlFragment => {
  const body = new Y.Doc().getXmlFragment('body')
  const block = new Y.XmlElement('paragraph')
  block.insert(0, nodes)
  body.push([block])
  return body
}
const linkTo = (href: unknown): Y.XmlText => {
  const text = new Y.XmlText()
  text.insert(0, 'see', { link: { href } })
  return text
}
const naming = (documentId: string): Y.XmlElement => {
  const node = new Y.XmlElement('documentLink')
  node.setAttribute('documentId', documentId)
  return node
}

test('a body leads to the documents that its nodes name and whose pages it links to, each once', () => {
  const [one, two, three] = [randomId(), randomId(), randomId()]
  const page = (id: string) => `/w/${randomId()}/d/${id}`
  const body = bodyWith(
    naming(one),
    linkTo(`https://weft.example.org${page(two)}#part`),
    new Y.XmlText('plain'),
    linkTo(page(three)),
    linkTo(page(one)),
  )
  expect(documentLinksIn(body)).toEqual([one, two, three])
})

test('other addresses, and whatever else is written there, lead nowhere', () => {
  const id = randomId()
  const wrong = [
    'https://example.org',
    `/w/x/d/${id}`,
    `/w/${id}/d/${id}${'x'.repeat(30)}`,
    `/w/${id}/members`,
    7,
    null,
  ]
  expect(documentLinksIn(bodyWith(naming('<b>'), ...wrong.map(linkTo)))).toEqual([])
})
