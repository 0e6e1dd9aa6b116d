import { ZoneChoice } from './Times.tsx'
import { usePreferences } from './usePreferences.ts'

/** By which clock a person lives, among what else is said of them; nothing until it is known. */
export function OwnTimeZone() {
  const { preferences, change } = usePreferences()
  return preferences === undefined ? null : <ZoneChoice preferences={preferences} onChange={change} />
}
