import { runFriends } from './friends.ts'

const [path, seed, disconnects, kills] = process.argv.slice(2)
if (path === undefined) throw new Error('pnpm bench history starts this, with a path')
const options = { seed: Number(seed), disconnects: Number(disconnects), kills: Number(kills) }
process.exit((await runFriends({ path, ...options })) ? 0 : 1)
