import { pictureLimits } from '@weft/shared/auth'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, PictureChoice } from '../kit/index.ts'
import { useAccount, useSession } from './session.tsx'

/** By what others see one beside one's name; `preview` draws it as they do. */
export function OwnPicture({ preview }: { preview(image: string | null): ReactNode }) {
  const { t } = useTranslation('auth')
  const { image } = useAccount()
  const { check } = useSession()
  const choose = async (data: string | null) => {
    await (data === null ? api.auth.clearPicture() : api.auth.setPicture({ data }))
    await check()
  }
  return (
    <PictureChoice
      label={t('profile.picture')}
      image={image}
      bounds={pictureLimits}
      preview={preview}
      onChoose={choose}
    />
  )
}
