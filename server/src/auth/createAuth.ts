import type { IncomingMessage, RequestListener } from 'node:http'
import {
  type Account,
  Account as AccountSchema,
  type AccountSettings,
  type ChangeSettings,
  type Person,
  type SignUpState,
} from '@weft/shared/auth'
import type { UserId } from '@weft/shared/kit'
import { getMigrations } from 'better-auth/db/migration'
import { fromNodeHeaders } from 'better-auth/node'
import type { Config } from '../config/index.ts'
import type { EventLog } from '../events/index.ts'
import type { Clock } from '../kit/clock.ts'
import type { Log } from '../kit/logger.ts'
import type { Storage } from '../storage/port.ts'
import { createAccountChanges } from './accountChanges.ts'
import { createAccountHandler } from './accountHandler.ts'
import { accountOptions, createAccountLibrary } from './accountLibrary.ts'
import { createAdmission } from './admission.ts'
import { createForgetAccount } from './deletion.ts'
import { createGiveColor, type GiveColor } from './givenColors.ts'
import { createInstallation } from './installation.ts'
import { createSetPicture } from './ownPicture.ts'
import { readMailAddress, readPeople } from './people.ts'
import { createSecondFactors } from './secondFactors.ts'
import { createChangeSettings, readSettings } from './settings.ts'
import { createSignedInDevices, type SignedInDevices } from './signedInDevices.ts'
import { createSocketTokens, type SocketTokens } from './socketTokens.ts'
import { type AdmitVisitor, createAdmitVisitor } from './visitors.ts'
import { createAccountWarnings } from './warnings.ts'

export interface AuthDependencies {
  storage: Storage
  events: Pick<EventLog, 'append'>
  config: Config
  clock: Clock
  log: Log
  /** What people type; decides cookies. Without a slash at its end. */
  publicUrl: string
  origins: readonly string[]
  /** Whether a token is of an invitation that can be used now, by who has this address; `workspaces` knows. */
  inviteOpens(token: string, email: string | null): Promise<boolean>
  /** An account is about to go: what other rooms hold of the person goes first. Throws where it must not go yet. */
  beforeDeletion(userId: UserId): Promise<void>
}

export interface Auth {
  /** `/api/auth/*`: sign-up, sign-in, sign-out and the like. The request must carry `addressHeader`. */
  handler: RequestListener
  /** The account whose session the request carries, or null. */
  session(request: IncomingMessage): Promise<Account | null>
  person(userId: UserId): Promise<Person | null>
  ownsInstallation(userId: UserId): Promise<boolean>
  /** Null: there is no such account. */
  mailAddress(userId: UserId): Promise<string | null>
  /** Those of the people that have an account, or came as visitors. */
  people(userIds: readonly UserId[]): Promise<Map<UserId, Person>>
  giveColor: GiveColor
  admitVisitor: AdmitVisitor
  signUpState(): Promise<SignUpState>
  devices: SignedInDevices
  /** Null: does without one. The data is base64; throws for what is no small picture. */
  setPicture(userId: UserId, data: string | null): Promise<Person>
  settings(userId: UserId): Promise<AccountSettings>
  changeSettings(userId: UserId, change: ChangeSettings): Promise<AccountSettings>
  tokens: SocketTokens
}

/** Who is this request or socket. Makes and migrates the account library's own tables first. */
export async function createAuth(deps: AuthDependencies): Promise<Auth> {
  const { storage, config, clock } = deps
  const installation = createInstallation(storage, clock)
  const admission = createAdmission({ installation, signUp: config.signUp, inviteOpens: deps.inviteOpens })
  const secondFactors = createSecondFactors(storage)
  const options = accountOptions({
    ...deps,
    admission,
    warnings: createAccountWarnings(deps),
    changes: createAccountChanges(deps),
    secondFactors,
    forgetAccount: createForgetAccount({ ...deps, installation }),
  })
  await (await getMigrations(options)).runMigrations()
  const library = createAccountLibrary(options)
  const devices = createSignedInDevices(library, storage, secondFactors)

  return {
    handler: createAccountHandler(library, options, { ...deps, secondFactors }),
    async session(request) {
      if (request.headers.cookie === undefined) return null
      const found = await library.api.getSession({ headers: fromNodeHeaders(request.headers) })
      if (!found) return null
      const { id, email } = AccountSchema.pick({ id: true, email: true }).parse(found.user)
      const person = (await readPeople(storage.read, [id])).get(id)
      if (person === undefined) return null
      return { ...person, email, ownsInstallation: (await installation.owner()) === id }
    },
    person: async (userId) => (await readPeople(storage.read, [userId])).get(userId) ?? null,
    people: (userIds) => readPeople(storage.read, userIds),
    giveColor: createGiveColor(deps.events),
    admitVisitor: createAdmitVisitor(deps),
    ownsInstallation: async (userId) => (await installation.owner()) === userId,
    mailAddress: (userId) => readMailAddress(storage.read, userId),
    async signUpState() {
      return {
        mode: (await installation.owner()) === null ? 'first' : config.signUp,
        singleSignOn: config.oidc && { id: config.oidc.id, name: config.oidc.name },
      }
    },
    devices,
    setPicture: createSetPicture(deps),
    settings: (userId) => readSettings(storage.read, userId),
    changeSettings: createChangeSettings(deps),
    tokens: createSocketTokens(config.secret, clock, devices.isSignedIn),
  }
}
