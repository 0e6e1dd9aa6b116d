import { oc } from '@orpc/contract'
import { Account, SignUpState } from './schema.ts'

export const authContract = {
  me: oc.route({ method: 'GET', path: '/me', summary: 'The signed-in person', tags: ['auth'] }).output(Account),
  signUpState: oc
    .route({ method: 'GET', path: '/sign-up-state', summary: 'Who may make an account now', tags: ['auth'] })
    .output(SignUpState),
}
