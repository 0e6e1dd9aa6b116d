import { addEnglish } from '../kit/i18n.ts'
import sharedLinks from '../kit/locales/en/sharedLinks.json'

// Not among the words of the first page.
addEnglish('sharedLinks', sharedLinks)
