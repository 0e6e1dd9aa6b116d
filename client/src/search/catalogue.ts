import { addEnglish } from '../kit/i18n.ts'
import search from '../kit/locales/en/search.json'

// Not among the words of the first page.
addEnglish('search', search)
