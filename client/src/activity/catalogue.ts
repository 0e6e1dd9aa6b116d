import { addEnglish } from '../kit/i18n.ts'
import activity from '../kit/locales/en/activity.json'

// Not among the words of the first page.
addEnglish('activity', activity)
