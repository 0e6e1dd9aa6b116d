/** As people type names: without accents, and in small letters. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Whether each word that was typed begins a word of the name. Nothing typed: yes. */
export function nameMatches(name: string, typed: string): boolean {
  const words = plain(name).split(/[^\p{L}\p{N}]+/u)
  return plain(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every((start) => words.some((word) => word.startsWith(start)))
}
