import { useTranslation } from 'react-i18next'
import { Button, Dialog } from '../kit/index.ts'
import { modKey } from './keys.ts'
import { startTour } from './tour/startedTour.ts'

const treeKeys = modKey === '⌘' ? '⌥⇧' : 'Alt+⇧'

const keys = {
  page: { search: [`${modKey}K`, '/'], new: ['N'], sidebar: [`${modKey}.`], close: ['Esc'], keys: ['?'] },
  tree: {
    walk: ['↑', '↓'],
    fold: ['←', '→'],
    moveUp: [`${treeKeys}↑`, `${treeKeys}↓`],
    moveIn: [`${treeKeys}→`, `${treeKeys}←`],
    rename: ['F2'],
    actions: ['⇧F10'],
  },
  notifications: { next: ['J', '↓'], previous: ['K', '↑'], open: ['Enter'], read: ['U'], archive: ['E'] },
  writing: {
    slash: ['/'],
    mention: ['@'],
    documentLink: ['[['],
    emoji: [':'],
    find: [`${modKey}F`],
    focus: [`${modKey}Shift+F`],
    moveBlock: [`${modKey}Alt+↑`, `${modKey}Alt+↓`],
    duplicate: [`${modKey}Shift+D`],
    bold: [`${modKey}B`],
    italic: [`${modKey}I`],
    underline: [`${modKey}U`],
    code: [`${modKey}E`],
    undo: [`${modKey}Z`],
  },
} as const
const groups = ['page', 'tree', 'notifications', 'writing'] as const

/** Every key that exists. */
export function KeysDialog(props: { open: boolean; onOpenChange(open: boolean): void }) {
  const { t } = useTranslation('app')
  const list = (group: readonly [name: string, combos: readonly string[]][]) => (
    <dl className="flex flex-col gap-1.5">
      {group.map(([name, combos]) => (
        <div key={name} className="flex items-center justify-between gap-4 text-sm">
          <dt>{t(`keys.${name}`)}</dt>
          <dd className="flex gap-1">
            {combos.map((combo) => (
              <kbd key={combo} className="rounded-sm border border-line bg-sunken px-1.5 py-0.5 font-sans text-xs">
                {combo}
              </kbd>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
  return (
    <Dialog {...props} title={t('keys.title')}>
      {groups.map((group) => (
        <section key={group} className="mt-4 first-of-type:mt-0">
          <h3 className="mb-2 font-medium text-faint text-xs">{t(`keys.${group}`)}</h3>
          {list(Object.entries(keys[group]))}
        </section>
      ))}
      <Button
        look="plain"
        size="sm"
        className="mt-4 -ml-2.5"
        onClick={() => {
          props.onOpenChange(false)
          startTour()
        }}
      >
        {t('tour.again')}
      </Button>
    </Dialog>
  )
}
