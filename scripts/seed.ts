import { readFileSync } from 'node:fs'

export const seededPeople = ['Alice', 'Bob', 'Carol', 'Dan'] as const
export const seededPassword = 'weft-for-everyone'
export const seededEmail = (name: string): string => `${name.toLowerCase()}@tidewater.example`

type Answer = Record<string, string>

/** A seed's text without its first heading, which is the document's title. */
const markdown = (name: string): string =>
  readFileSync(new URL(`./seeds/${name}.md`, import.meta.url), 'utf8').replace(/^# .*\n+/, '')

/** One person's way to the server, with their cookie. `origin` is what browsers would send: PUBLIC_URL. */
async function signUp(server: string, origin: string, name: string, invite?: string) {
  const headers = { 'content-type': 'application/json', origin }
  const body = JSON.stringify({ name, email: seededEmail(name), password: seededPassword })
  const response = await fetch(`${server}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { ...headers, ...(invite ? { 'x-weft-invite': invite } : {}) },
    body,
  })
  if (!response.ok) throw new Error(`sign-up of ${name} was answered with ${response.status}: ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return async (path: string, input: unknown): Promise<Answer> => {
    const answer = await fetch(`${server}/api/v1${path}`, {
      method: 'POST',
      headers: { ...headers, cookie },
      body: JSON.stringify(input),
    })
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
}

/** Four people and their documents, on an installation that has nobody yet; otherwise nothing. */
export async function seed(server: string, origin = server): Promise<void> {
  const state = (await (await fetch(`${server}/api/v1/sign-up-state`)).json()) as Answer
  if (state.mode !== 'first') return
  const [owner, ...others] = seededPeople
  const alice = await signUp(server, origin, owner)
  const workspace = await alice('/workspaces', { name: 'Tidewater Cycles' })
  const place = `/workspaces/${workspace.id}`
  const invite = await alice(`${place}/invites`, { role: 'member' })
  const people = [alice]
  for (const name of others) {
    const person = await signUp(server, origin, name, invite.token)
    await person('/invites/accept', { token: invite.token })
    people.push(person)
  }
  const [, bob = alice, carol = alice] = people
  await alice(`${place}/documents`, { title: 'Team handbook', markdown: markdown('handbook') })
  const bike = await bob(`${place}/documents`, {
    title: 'Cargo bike, model year 2027',
    markdown: markdown('cargo-bike'),
  })
  await carol(`${place}/documents`, { title: 'Autumn fair', markdown: markdown('fair'), parentId: bike.id })
  await alice(`${place}/documents`, { title: 'Planning, Monday', markdown: markdown('notes') })
}

export function printSignIns(address: string): void {
  console.log(`\nSign in at ${address} as one of these, each with the password "${seededPassword}":`)
  for (const name of seededPeople) console.log(`  ${seededEmail(name)}`)
}
