import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { DocumentId } from '@weft/shared/kit'
import { documentChannel } from '@weft/shared/sync'
import * as Y from 'yjs'
import { Person } from '../harness/people.ts'
import type { Place } from './place.ts'

/** Carets of others move this often, in ms. */
const every = 200
/** How many of the first texts they move in: those on the first screen. */
const texts = 4

/** People with a caret each in the long document, over real providers. */
export class MovingCarets {
  readonly #providers: HocuspocusProvider[]
  #timer: NodeJS.Timeout | undefined

  private constructor(providers: HocuspocusProvider[]) {
    this.#providers = providers
  }

  static async join(place: Place, count: number): Promise<MovingCarets> {
    const { owner, server, workspaceId, longId } = place
    const invite = await owner.call('POST', `/workspaces/${workspaceId}/invites`, { role: 'member' })
    const providers: HocuspocusProvider[] = []
    for (let number = 0; number < count; number++) {
      const person = await Person.signUp(server, `Weaver${number}`, invite.token)
      await person.call('POST', '/invites/accept', { token: invite.token })
      providers.push(await provider(person, server.url, longId))
    }
    const carets = new MovingCarets(providers)
    carets.#step(0)
    return carets
  }

  move(): void {
    let step = 1
    this.#timer = setInterval(() => this.#step(step++), every)
  }

  leave(): void {
    clearInterval(this.#timer)
    for (const provider of this.#providers) {
      provider.destroy()
      provider.configuration.websocketProvider.destroy()
    }
  }

  #step(step: number): void {
    for (const [number, { document, awareness }] of this.#providers.entries()) {
      const text = textsOf(document)[number % texts]
      if (text === undefined) throw new Error('the document has no text to put a caret into')
      const position = Y.createRelativePositionFromTypeIndex(text, 1 + ((number + step) % Math.max(text.length - 1, 1)))
      const place = Y.relativePositionToJSON(position)
      awareness?.setLocalStateField('cursor', { field: 'body', anchor: place, head: place })
    }
  }
}

function textsOf(document: Y.Doc): Y.XmlText[] {
  return document
    .getXmlFragment('body')
    .toArray()
    .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
    .filter((node): node is Y.XmlText => node instanceof Y.XmlText)
}

async function provider(person: Person, url: string, documentId: string): Promise<HocuspocusProvider> {
  const websocketProvider = new HocuspocusProviderWebsocket({ url: `${url.replace('http', 'ws')}/sync` })
  const { promise, resolve } = Promise.withResolvers<void>()
  const joined = new HocuspocusProvider({
    name: documentChannel(DocumentId.parse(documentId)),
    document: new Y.Doc(),
    websocketProvider,
    token: async () => (await person.call('POST', '/sync/token')).token ?? '',
    onSynced: () => resolve(),
  })
  joined.attach()
  await promise
  return joined
}
