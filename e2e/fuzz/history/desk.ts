import { Person } from '../../harness/people.ts'
import { WeftServer } from '../../harness/weftServer.ts'

/** Pages of a replay write faster than people type: what bounds that is raised, and nothing else. */
const raisedLimits = {
  LIMIT_FRAMES_PER_SECOND: '100000',
  LIMIT_EDITS_PER_SECOND: '100000',
  LIMIT_BYTES_PER_SECOND: '100000000',
}

/** A server with two people who may write the same documents. */
export interface Desk {
  server: WeftServer
  people: readonly [Person, Person]
  newDocument(title: string): Promise<string>
  dispose(): Promise<void>
}

export async function openDesk(): Promise<Desk> {
  const server = await WeftServer.start(raisedLimits)
  const ann = await Person.signUp(server, 'Ann')
  const { id: workspaceId } = await ann.call('POST', '/workspaces', { name: 'Histories' })
  const { token } = await ann.call('POST', `/workspaces/${workspaceId}/invites`, { role: 'member' })
  const ben = await Person.signUp(server, 'Ben', token)
  await ben.call('POST', '/invites/accept', { token })
  return {
    server,
    people: [ann, ben],
    newDocument: async (title) => {
      const { id } = await ann.call('POST', `/workspaces/${workspaceId}/documents`, { title })
      if (id === undefined) throw new Error('the server made no document')
      return id
    },
    dispose: () => server.dispose(),
  }
}
