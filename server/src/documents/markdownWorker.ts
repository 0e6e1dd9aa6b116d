import { parentPort } from 'node:worker_threads'
import { applyMarkdown, toMarkdown } from '@weft/shared/editor'
import { must, unreachable } from '@weft/shared/kit'
import * as Y from 'yjs'
import { copiedText } from './copiedText.ts'
import { firstText } from './firstText.ts'
import type { MarkdownTask, MarkdownWord } from './markdownThread.ts'
import { pageOf } from './page/pageOf.ts'

const port = must(parentPort, 'the port to the main thread')
const say = (word: MarkdownWord): void => port.postMessage(word)

function resultOf(task: MarkdownTask) {
  switch (task.kind) {
    case 'first-text':
      return firstText(task.request, applyMarkdown)
    case 'copy':
      return copiedText(task.request)
    case 'export': {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, task.state)
      return toMarkdown(doc)
    }
    case 'page': {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, task.state)
      return pageOf(doc)
    }
    default:
      return unreachable(task)
  }
}

port.on('message', (task: MarkdownTask) => {
  say({ kind: 'began' })
  try {
    say({ kind: 'done', result: resultOf(task) })
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
