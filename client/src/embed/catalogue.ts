import { addEnglish } from '../kit/i18n.ts'
import embed from '../kit/locales/en/embed.json'

// Not among the words of the first page.
addEnglish('embed', embed)
