/** What a picture says, in the language of the page. */
export interface PictureTexts {
  /** Of one without a description. */
  unnamed: string
  describe: string
  /** Whoever added it has not sent it yet. */
  absent: string
  offline: string
  nothing: string
  elsewhere: string
  sending: string
  waiting: string
  refused: string
  cancel: string
  retry: string
  remove: string
  resize: string
  close: string
}

export const pictureTexts = (t: (key: string) => string): PictureTexts => ({
  unnamed: t('unnamed'),
  describe: t('describePicture'),
  absent: t('absent'),
  offline: t('offline'),
  nothing: t('nothing'),
  elsewhere: t('elsewhere'),
  sending: t('sending'),
  waiting: t('waiting'),
  refused: t('notSent'),
  cancel: t('cancel'),
  retry: t('retry'),
  remove: t('removePicture'),
  resize: t('resize'),
  close: t('close'),
})
