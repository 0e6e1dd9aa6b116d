import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readStored, writeStored } from './stored.ts'

type Catalogue = Record<string, unknown>

// Rooms that are loaded later bring their words with them, by `addEnglish`.
const english = import.meta.glob<Catalogue>(
  [
    './locales/en/*.json',
    '!./locales/en/{activity,embed,offline,search,sharedLinks}.json',
    '!./locales/en/notifications.json',
  ],
  { eager: true, import: 'default' },
)
const others = import.meta.glob<Catalogue>(['./locales/*/*.json', '!./locales/en/*.json'], { import: 'default' })

const namespaceOf = (path: string): string => path.split('/').at(-1)?.replace('.json', '') ?? ''
const languageOf = (path: string): string => path.split('/').at(-2) ?? ''

const spoken: readonly string[] = ['en', ...new Set(Object.keys(others).map(languageOf))]

const key = 'weft-language'

async function load(language: string): Promise<void> {
  const files = Object.entries(others).filter(([path]) => languageOf(path) === language)
  await Promise.all(
    files.map(async ([path, read]) => {
      i18next.addResourceBundle(language, namespaceOf(path), await read())
    }),
  )
}

/** Shows every string in this language from now on, on this device. Rejects when its words cannot be loaded. */
export async function setLanguage(language: string): Promise<void> {
  if (language !== 'en') await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  writeStored(key, language)
}

/** What was chosen on this device; null: it speaks as its browser does. */
export const chosenLanguage = (): string | null => readStored(key)

/** The words of a room that is not part of the first load. Another language has them from its start. */
export function addEnglish(namespace: string, catalogue: Catalogue): void {
  i18next.addResourceBundle('en', namespace, catalogue)
}

/** Makes the catalogues ready: English at once, another language before the first paint where it is chosen. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: {
      en: Object.fromEntries(Object.entries(english).map(([path, catalogue]) => [namespaceOf(path), catalogue])),
    },
    defaultNS: 'kit',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  const wanted = readStored(key) ?? navigator.language.split('-')[0] ?? 'en'
  if (wanted === 'en' || !spoken.includes(wanted)) return
  try {
    await load(wanted)
  } catch {
    // A page in English is better than none; the next one asks again.
    return
  }
  await i18next.changeLanguage(wanted)
  document.documentElement.lang = wanted
}
