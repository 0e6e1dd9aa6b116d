import { escapeHtml } from '../../kit/html.ts'
import { frame } from './frame.ts'
import { type PageLanguage, words } from './words.ts'

const unlisted = [['robots', 'noindex, nofollow']] as const

const card = (language: PageLanguage, title: string, text: string, more = ''): string =>
  frame({
    language,
    title,
    meta: unlisted,
    body: `<div class="card"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${more}</div>`,
  })

/** Says nothing of what the link opens. */
export function passwordPage(language: PageLanguage, problem: 'wrong' | 'tooMany' | null): string {
  const say = words[language]
  const invalid = problem === null ? '' : ' aria-invalid="true" aria-describedby="problem"'
  const told = problem === null ? '' : `<p id="problem" class="wrong" role="alert">${escapeHtml(say[problem])}</p>`
  return card(
    language,
    say.protectedTitle,
    say.protectedText,
    `<form method="post"><label for="password">${escapeHtml(say.password)}</label><input id="password" name="password" type="password" autocomplete="off" maxlength="128" required autofocus${invalid}>${told}<button>${escapeHtml(say.show)}</button></form>`,
  )
}

/** [ACCESS-3] For what does not exist and for what is not meant for the one who asks. */
export function nothingPage(language: PageLanguage, path: string, isSignedIn: boolean): string {
  const say = words[language]
  const signIn = `<a class="action" href="/sign-in?next=${escapeHtml(encodeURIComponent(path))}">${escapeHtml(say.signIn)}</a>`
  return card(language, say.nothingTitle, say.nothingText, isSignedIn ? '' : signIn)
}

export const endedPage = (language: PageLanguage): string =>
  card(language, words[language].endedTitle, words[language].endedText)

export const brokenPage = (language: PageLanguage): string =>
  card(language, words[language].brokenTitle, words[language].brokenText)
