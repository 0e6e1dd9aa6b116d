import type { PageWord } from '../../documents/index.ts'

export const pageLanguages = ['en', 'de'] as const
export type PageLanguage = (typeof pageLanguages)[number]

interface Words {
  untitled: string
  changed(date: string): string
  readOnly: string
  openInWeft: string
  protectedTitle: string
  protectedText: string
  password: string
  show: string
  wrong: string
  tooMany: string
  nothingTitle: string
  nothingText: string
  signIn: string
  endedTitle: string
  endedText: string
  brokenTitle: string
  brokenText: string
  inText: Record<PageWord, string>
}

/** All that these pages say: they have no script that could ask for a catalogue. */
export const words: Record<PageLanguage, Words> = {
  en: {
    untitled: 'Untitled',
    changed: (date) => `Last changed on ${date}`,
    readOnly: 'For reading',
    openInWeft: 'Open in Weft',
    protectedTitle: 'This link has a password',
    protectedText: 'Whoever sent you the link can tell you its password.',
    password: 'Password',
    show: 'Open',
    wrong: 'That is not the password of this link.',
    tooMany: 'Too many attempts. Wait a minute, then try again.',
    nothingTitle: 'There is nothing here to read',
    nothingText: 'The address may not be whole, or this may be for people who have signed in.',
    signIn: 'Sign in',
    endedTitle: 'This link has ended',
    endedText: 'Ask whoever sent it to you for a new one.',
    brokenTitle: 'This page cannot be shown now',
    brokenText: 'Try again in a moment. If that does not help, tell whoever sent you the link.',
    inText: {
      note: 'Note',
      tip: 'Tip',
      important: 'Important',
      warning: 'Warning',
      danger: 'Danger',
      done: 'Done',
      open: 'To do',
      details: 'Details',
      table: 'Table',
      code: 'Code',
      formula: 'Formula',
    },
  },
  de: {
    untitled: 'Ohne Titel',
    changed: (date) => `Zuletzt geändert am ${date}`,
    readOnly: 'Zum Lesen',
    openInWeft: 'In Weft öffnen',
    protectedTitle: 'Dieser Link hat ein Passwort',
    protectedText: 'Wer dir den Link geschickt hat, kann dir das Passwort sagen.',
    password: 'Passwort',
    show: 'Öffnen',
    wrong: 'Das ist nicht das Passwort dieses Links.',
    tooMany: 'Zu viele Versuche. Warte eine Minute und versuche es dann noch einmal.',
    nothingTitle: 'Hier gibt es nichts zu lesen',
    nothingText: 'Vielleicht ist die Adresse nicht vollständig, oder das hier ist für angemeldete Personen.',
    signIn: 'Anmelden',
    endedTitle: 'Dieser Link gilt nicht mehr',
    endedText: 'Bitte die Person, die ihn dir geschickt hat, um einen neuen.',
    brokenTitle: 'Diese Seite lässt sich gerade nicht zeigen',
    brokenText: 'Versuche es gleich noch einmal. Hilft das nicht, sag es der Person, die dir den Link geschickt hat.',
    inText: {
      note: 'Hinweis',
      tip: 'Tipp',
      important: 'Wichtig',
      warning: 'Warnung',
      danger: 'Gefahr',
      done: 'Erledigt',
      open: 'Offen',
      details: 'Details',
      table: 'Tabelle',
      code: 'Code',
      formula: 'Formel',
    },
  },
}
