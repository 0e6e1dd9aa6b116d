import { useSyncExternalStore } from 'react'

/** What may stand at the side of a document, one at a time. A panel adds its name here, and itself where the frame has them. */
export const panelNames = ['activity', 'outline', 'links'] as const
export type PanelName = (typeof panelNames)[number]

interface Shown {
  name: PanelName | null
  /** Somebody wants it so; else it was so before. */
  asked: boolean
  /** Where the keyboard goes back to; null: nobody asked, and the panel leaves the keyboard where it is. */
  opener: HTMLElement | null
}

let shown: Shown = { name: null, asked: false, opener: null }
const listeners = new Set<() => void>()

function set(next: Shown): void {
  shown = next
  for (const listener of [...listeners]) listener()
}

/** What has the keyboard now. An item goes with its menu, whose button stays. */
function openerNow(): HTMLElement {
  const active = document.activeElement
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  const opener = button ? document.getElementById(button) : active
  return opener instanceof HTMLElement ? opener : document.body
}

/** Opens a panel for somebody who asks for it: it takes the place of another one, and the keyboard. */
export const showPanel = (name: PanelName): void => set({ name, asked: true, opener: openerNow() })

export const closePanel = (): void => set({ name: null, asked: true, opener: null })

/** Puts things as they were before, without anybody asking. */
export const restorePanel = (name: PanelName | null): void => set({ name, asked: false, opener: null })

export const useShownPanel = (): Shown =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
