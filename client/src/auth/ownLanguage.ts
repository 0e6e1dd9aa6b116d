import { type Language, languages, type OwnAccount } from '@weft/shared/auth'
import { api, chosenLanguage, OfflineError, readStored, setLanguage, writeStored } from '../kit/index.ts'

/** Whose choice on this device the server has not heard of. */
const key = 'weft-language-unsent'
let choices = 0

/** Grows with each choice that is made on this page. */
export const languageChoices = (): number => choices

/** Every page of this person speaks it from now on, here at once. Rejects when its words cannot be loaded. */
export async function chooseLanguage(account: Pick<OwnAccount, 'id'>, language: Language): Promise<void> {
  choices++
  await setLanguage(language)
  writeStored(key, account.id)
  await tell(language)
}

/** What was chosen here without a network is told; else this device speaks as was chosen on another one. */
export async function followLanguage({ id, settings }: OwnAccount): Promise<void> {
  const here = languages.find((language) => language === chosenLanguage())
  if (readStored(key) === id && here !== undefined) await tell(here)
  else if (settings.language !== null && settings.language !== here) await setLanguage(settings.language)
}

/** Stays to be told where there is no network; what the server refuses it would refuse again. */
async function tell(language: Language): Promise<void> {
  try {
    await api.auth.changeSettings({ language })
  } catch (error) {
    if (error instanceof OfflineError) return
  }
  if (language === chosenLanguage()) writeStored(key, null)
}
