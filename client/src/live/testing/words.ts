import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import kit from '../../kit/locales/en/kit.json'
import live from '../../kit/locales/en/live.json'

/** The real English catalogue, for tests that read what people read. */
export async function readEnglish(): Promise<void> {
  await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { kit, live } } })
}
