import { useState } from 'react'
import { Navigate, Outlet, useSearchParams } from 'react-router'
import { safePath, useSession } from '../auth/index.ts'

/** Pages for those who are not in yet; whoever comes here signed in goes where they wanted to go. */
export function Guest() {
  const { state } = useSession()
  const [search] = useSearchParams()
  // Of the arrival only: those who sign in here are led on by the form.
  const [arrived, setArrived] = useState(state.status)
  if (arrived === 'asking' && state.status !== 'asking') setArrived(state.status)
  return arrived === 'signed-in' ? <Navigate to={safePath(search.get('next'))} replace /> : <Outlet />
}
