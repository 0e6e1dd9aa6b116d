import type { Document } from '@weft/shared/documents'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import type { KnownDocuments } from './KnownDocuments.ts'

/** Keeps `known` up to date; draws nothing. */
export function DocumentsAround(props: { known: KnownDocuments; documents: readonly Document[] | undefined }) {
  const { known, documents } = props
  const navigate = useNavigate()
  useEffect(() => known.set(documents), [known, documents])
  useEffect(() => known.onOpen((path) => void navigate(path)), [known, navigate])
  return null
}
