import { addEnglish } from '../kit/i18n.ts'
import offline from '../kit/locales/en/offline.json'

// Not among the words of the first page: nothing of this room is shown before somebody asks for it.
addEnglish('offline', offline)
