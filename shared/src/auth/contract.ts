import { oc } from '@orpc/contract'
import { z } from 'zod'
import { AccountSecurity, OwnAccount, Person, PictureUpload, SignUpState } from './schema.ts'
import { AccountSettings, ChangeSettings } from './settings.ts'

export const authContract = {
  me: oc.route({ method: 'GET', path: '/me', summary: 'The signed-in person', tags: ['auth'] }).output(OwnAccount),
  changeSettings: oc
    .route({
      method: 'PATCH',
      path: '/me/settings',
      summary: 'Choose something for all of one’s devices; what is not named stays',
      tags: ['auth'],
    })
    .input(ChangeSettings)
    .output(AccountSettings),
  setPicture: oc
    .route({
      method: 'PUT',
      path: '/me/picture',
      summary: "Change one's picture: WebP or PNG in base64",
      tags: ['auth'],
    })
    .input(PictureUpload)
    .output(Person),
  clearPicture: oc
    .route({ method: 'DELETE', path: '/me/picture', summary: "Do without one's picture", tags: ['auth'] })
    .output(Person),
  security: oc
    .route({ method: 'GET', path: '/me/security', summary: 'How and where one is signed in', tags: ['auth'] })
    .output(AccountSecurity),
  signOutDevice: oc
    .route({ method: 'DELETE', path: '/me/devices/{id}', summary: 'Sign out on one device', tags: ['auth'] })
    .input(z.object({ id: z.string().min(1).max(100) }))
    .output(AccountSecurity),
  signOutOthers: oc
    .route({ method: 'DELETE', path: '/me/devices', summary: 'Sign out on all other devices', tags: ['auth'] })
    .output(AccountSecurity),
  signUpState: oc
    .route({ method: 'GET', path: '/sign-up-state', summary: 'Who may make an account now', tags: ['auth'] })
    .output(SignUpState),
}
