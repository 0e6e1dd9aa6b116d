export { OwnPicture } from './OwnPicture.tsx'
export { chooseLanguage } from './ownLanguage.ts'
export { ProfileForm } from './ProfileForm.tsx'
export { useSignOut } from './SignOutDialog.tsx'
export { type Session, SessionProvider, type SessionState, useAccount, useSession } from './session.tsx'
export { safePath } from './useEnter.ts'

// Who is signed in needs none of these pages.
export const loadAccountPage = async () => (await import('./AccountPage.tsx')).AccountPage
export const loadInvitePage = async () => (await import('./InvitePage.tsx')).InvitePage
export const loadSignInPage = async () => (await import('./SignInPage.tsx')).SignInPage
export const loadSignUpPage = async () => (await import('./SignUpPage.tsx')).SignUpPage
