import { addEnglish } from '../kit/i18n.ts'
import notifications from '../kit/locales/en/notifications.json'

// Not among the words of the first page, which shows the bell alone.
addEnglish('notifications', notifications)
